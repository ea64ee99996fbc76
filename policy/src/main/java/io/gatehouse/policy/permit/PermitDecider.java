package io.gatehouse.policy.permit;

import io.gatehouse.core.decision.AccessRequest;
import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.gate.Decider;
import io.gatehouse.core.identity.Directory;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.place.Site;
import io.gatehouse.policy.permit.facts.Facts;
import io.gatehouse.policy.permit.facts.Names;
import io.gatehouse.policy.permit.facts.Subject;
import io.gatehouse.policy.permit.rule.PolicySet;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides by the policy in force. Thread-safe: {@link #use} swaps the whole policy at once, and a decision is made by
 * one policy from its beginning to its end. A rule that forbids wins; nothing said is a refusal; somebody whom the
 * directory does not know is refused. Refusals carry the codes of {@link Condition}, with {@code permit.wrong-direction},
 * {@code permit.wrong-zone} or {@code permit.no-rule} where no rule is about the person here, {@code permit.closed-now},
 * {@code permit.ended} or {@code permit.never} in the place of {@code permit.outside-hours}, and {@code permit.unknown-person}.
 */
public final class PermitDecider implements Decider {
    private final Site site;
    private final Directory directory;
    private final FactsSource source;
    private final Names names = Names.create();
    private volatile CompiledPolicy policy;

    private PermitDecider(Site site, Directory directory, FactsSource source, PolicySet policy) {
        this.site = Objects.requireNonNull(site, "site");
        this.directory = Objects.requireNonNull(directory, "directory");
        this.source = Objects.requireNonNull(source, "source");
        this.policy = CompiledPolicy.compile(site, policy, names);
    }

    /** Throws {@link IllegalArgumentException} if a rule names a zone or portal that the site does not have. */
    public static PermitDecider create(Site site, Directory directory, PolicySet policy) {
        return new PermitDecider(site, directory, FactsSource.ofRequest(), policy);
    }

    /** As {@link #create(Site, Directory, PolicySet)}, with further facts. */
    public static PermitDecider create(Site site, Directory directory, FactsSource source, PolicySet policy) {
        return new PermitDecider(site, directory, source, policy);
    }

    /** The policy that decides now. */
    public PolicySet policy() {
        return policy.policy();
    }

    /**
     * Puts another policy in force, for every decision that begins after this returns.
     *
     * @throws IllegalArgumentException if its version is not above the one in force, or a rule names a zone or portal
     *     that the site does not have; the policy in force stays
     */
    public synchronized void use(PolicySet next) {
        PolicySet present = policy.policy();
        if (next.version() <= present.version()) {
            throw new IllegalArgumentException("policy version " + next.version() + " is not above version "
                    + present.version() + ", which is in force: give older rules a new version");
        }
        policy = CompiledPolicy.compile(site, next, names);
    }

    @Override
    public Decision decide(AccessRequest request) {
        CompiledPolicy snapshot = policy;
        Optional<Person> person = directory.find(request.who().person());
        if (person.isEmpty()) {
            return Decision.Denied.because(PermitTexts.reason("permit.unknown-person"));
        }
        Facts facts = source.facts(request, Subject.of(names, person.get()));
        return snapshot.explain(facts).decision();
    }
}
