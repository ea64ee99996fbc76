package io.gatehouse.policy.permit;

import io.gatehouse.core.decision.AccessRequest;
import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.gate.Decider;
import io.gatehouse.core.identity.Directory;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.reason.Reason;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides by the policy in force. Thread-safe: {@link #use} swaps the whole policy at once, and a decision is made by
 * one policy from its beginning to its end. A rule that forbids wins; nothing said is a refusal; somebody whom the
 * directory does not know is refused. Refusals carry {@code permit.forbidden}, {@code permit.outside-hours},
 * {@code permit.wrong-method}, {@code permit.wrong-direction}, {@code permit.wrong-zone}, {@code permit.no-rule},
 * {@code permit.unknown-person} or {@code permit.unknown-portal}.
 */
public final class PermitDecider implements Decider {
    private final Site site;
    private final Directory directory;
    private volatile PolicySet policy;

    private PermitDecider(Site site, Directory directory, PolicySet policy) {
        this.site = Objects.requireNonNull(site, "site");
        this.directory = Objects.requireNonNull(directory, "directory");
        this.policy = requireFit(policy);
    }

    /** Throws {@link IllegalArgumentException} if a rule names a zone or portal that the site does not have. */
    public static PermitDecider create(Site site, Directory directory, PolicySet policy) {
        return new PermitDecider(site, directory, policy);
    }

    /** The policy that decides now. */
    public PolicySet policy() {
        return policy;
    }

    /**
     * Puts another policy in force, for every decision that begins after this returns.
     *
     * @throws IllegalArgumentException if its version is not above the one in force, or a rule names a zone or portal
     *     that the site does not have; the policy in force stays
     */
    public synchronized void use(PolicySet next) {
        requireFit(next);
        if (next.version() <= policy.version()) {
            throw new IllegalArgumentException("policy version " + next.version() + " is not above version "
                    + policy.version() + ", which is in force: give older rules a new version");
        }
        policy = next;
    }

    @Override
    public Decision decide(AccessRequest request) {
        PolicySet snapshot = policy;
        Optional<Portal> portal = site.portal(request.portal().id());
        if (portal.isEmpty()) {
            return Decision.Denied.because(Reason.format(
                    "permit.unknown-portal",
                    "Portal %s does not belong to the site that these permissions are for.",
                    request.portal().id()));
        }
        Optional<Person> person = directory.find(request.who().person());
        if (person.isEmpty()) {
            return Decision.Denied.because(Reason.of(
                    "permit.unknown-person", "You are not in the directory of this site: ask at the reception."));
        }
        return Evaluator.decide(
                snapshot,
                new Question(
                        site, person.get(), request.who().method(), portal.get(), request.direction(), request.at()));
    }

    private PolicySet requireFit(PolicySet candidate) {
        candidate.rules().forEach(rule -> rule.where().requireKnown(site, rule.id()));
        return candidate;
    }
}
