package io.gatehouse.policy.permit;

import io.gatehouse.core.decision.AccessRequest;
import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.decision.Obligation;
import io.gatehouse.core.gate.Confirmation.Verdict;
import io.gatehouse.core.gate.Decider;
import io.gatehouse.core.identity.Directory;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.place.Site;
import io.gatehouse.policy.permit.facts.Facts;
import io.gatehouse.policy.permit.facts.Names;
import io.gatehouse.policy.permit.facts.Subject;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.state.SiteState;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Decides by the policy in force. Thread-safe: {@link #use} swaps the whole policy at once, and a decision is made by
 * one policy from its beginning to its end. A rule that forbids wins; nothing said is a refusal; somebody whom the
 * directory does not know is refused. Refusals carry the codes of {@link Condition}, with {@code permit.wrong-direction},
 * {@code permit.wrong-zone} or {@code permit.no-rule} where no rule is about the person here, {@code permit.closed-now},
 * {@code permit.ended} or {@code permit.never} in the place of {@code permit.outside-hours}, and {@code permit.unknown-person}.
 *
 * <p>A level of alert switches to other rules of the same policy, which were compiled when it was put in force. An emergency
 * release outranks every rule until it is ended; it is in force before it is recorded.
 */
public final class PermitDecider implements Decider {
    /** The rule that a release grants by. */
    public static final String RELEASE = "emergency-release";

    private final Site site;
    private final Directory directory;
    private final FactsSource source;
    private final PolicyEvents events;
    private final Names names;
    private final Optional<SiteState> state;
    private volatile InForce inForce;

    private PermitDecider(Builder parts, PolicySet policy) {
        this.site = Objects.requireNonNull(parts.site, "site");
        this.directory = Objects.requireNonNull(parts.directory, "directory");
        this.source = parts.source;
        this.events = new PolicyEvents(parts.sink, parts.clock);
        this.names = parts.names;
        this.state = parts.state;
        this.inForce = compile(policy, PolicySet.NORMAL, false);
    }

    /** What decides now: one of the levels, or a release. */
    private record InForce(Map<String, CompiledPolicy> levels, CompiledPolicy level, boolean released) {}

    /** Throws {@link IllegalArgumentException} if a rule names a zone or portal that the site does not have. */
    public static PermitDecider create(Site site, Directory directory, PolicySet policy) {
        return builder(site, directory).build(policy);
    }

    /** Collects what else it needs: further facts, and a ledger that changes are recorded in. */
    public static Builder builder(Site site, Directory directory) {
        return new Builder(site, directory);
    }

    /** The policy that decides now. */
    public PolicySet policy() {
        return inForce.level().policy();
    }

    /** The compiled rules that decide now. */
    public CompiledPolicy compiled() {
        return inForce.level();
    }

    /** The level of alert. */
    public String alert() {
        return inForce.level().alert();
    }

    /** Whether an emergency release is in force. */
    public boolean isReleased() {
        return inForce.released();
    }

    /**
     * Puts another policy in force, for every decision that begins after this returns; the level of alert stays, if the policy
     * has it. Signatures are {@code permit.document}'s: who calls this is trusted.
     *
     * @throws IllegalArgumentException if its version is not above the one in force, or a rule names a zone or portal
     *     that the site does not have; the policy in force stays
     */
    public synchronized void use(PolicySet next) {
        requireNewer(next);
        String level = next.alerts().contains(alert()) ? alert() : PolicySet.NORMAL;
        inForce = compile(next, level, inForce.released());
    }

    /**
     * As {@link #use(PolicySet)}, recorded before it is in force.
     *
     * @param signers who approved it
     * @throws IOException if it cannot be recorded; the policy in force stays
     */
    public synchronized void use(PolicySet next, Set<String> signers) throws IOException {
        requireNewer(next);
        String level = next.alerts().contains(alert()) ? alert() : PolicySet.NORMAL;
        InForce compiled = compile(next, level, inForce.released());
        events.policy(next.version(), signers);
        inForce = compiled;
    }

    /**
     * Switches to the rules of a level of alert, or back to {@link PolicySet#NORMAL}. It is in force even if it cannot be
     * recorded.
     *
     * @param by as many people as the policy asks for
     * @throws IllegalArgumentException if the policy has no such level, or too few people say so
     * @throws IOException if it is in force, but could not be recorded
     */
    public synchronized void alert(String level, Set<PersonId> by) throws IOException {
        requireApproved("the level of alert " + level, by);
        CompiledPolicy next = inForce.levels().get(level);
        if (next == null) {
            throw new IllegalArgumentException("policy version " + policy().version() + " has the levels of alert "
                    + inForce.levels().keySet() + ", not '" + level + "'");
        }
        inForce = new InForce(inForce.levels(), next, inForce.released());
        events.change("permit.alert", "level", level, by);
    }

    /**
     * Lets everybody pass, whatever the rules say, until {@link #endRelease}. One person is enough, or a fire alarm.
     *
     * @throws IOException if it is in force, but could not be recorded
     */
    public synchronized void release(String cause, Optional<PersonId> by) throws IOException {
        inForce = new InForce(inForce.levels(), inForce.level(), true);
        events.change("permit.release", "cause", cause, by.map(Set::of).orElse(Set.of()));
    }

    /**
     * The rules hold again.
     *
     * @param by as many people as the policy asks for
     * @throws IllegalArgumentException if too few people say so
     * @throws IOException if it is in force, but could not be recorded
     */
    public synchronized void endRelease(Set<PersonId> by) throws IOException {
        requireApproved("the end of a release", by);
        inForce = new InForce(inForce.levels(), inForce.level(), false);
        events.change("permit.release-ended", "version", Long.toString(policy().version()), by);
    }

    @Override
    public Decision decide(AccessRequest request) {
        InForce snapshot = inForce;
        if (snapshot.released()) {
            return new Decision.Granted(
                    List.of(RELEASE), List.of(new Obligation("mark", "Passed during an emergency release.")));
        }
        Optional<Person> person = directory.find(request.who().person());
        if (person.isEmpty()) {
            return Decision.Denied.because(PermitTexts.reason("permit.unknown-person"));
        }
        Facts asked = source.facts(request, Subject.of(names, person.get()));
        return snapshot.level()
                .explain(state.map(it -> held(it, snapshot.level(), request, asked))
                        .orElse(asked))
                .decision();
    }

    /** The facts that it was decided by, with the place held if they grant it. The words come after. */
    private static Facts held(SiteState state, CompiledPolicy level, AccessRequest request, Facts asked) {
        return asked.with(state.reserve(
                request.who().person(),
                request.portal(),
                request.direction(),
                request.at(),
                site -> level.decide(asked.with(site)) == 0));
    }

    @Override
    public void settle(AccessRequest request, Verdict verdict) {
        state.ifPresent(
                it -> it.settle(request.who().person(), request.portal(), request.direction(), request.at(), verdict));
    }

    private void requireNewer(PolicySet next) {
        if (next.version() <= policy().version()) {
            throw new IllegalArgumentException("policy version " + next.version() + " is not above version "
                    + policy().version() + ", which is in force: give older rules a new version");
        }
    }

    private void requireApproved(String what, Set<PersonId> by) {
        if (by.size() < policy().approvals()) {
            throw new IllegalArgumentException(
                    what + " takes " + policy().approvals() + " people, " + by.size() + " said so");
        }
    }

    private InForce compile(PolicySet policy, String level, boolean released) {
        Map<String, CompiledPolicy> levels = new HashMap<>();
        levels.put(PolicySet.NORMAL, CompiledPolicy.compile(site, policy, names));
        for (String alert : policy.alerts()) {
            levels.put(alert, CompiledPolicy.compile(site, policy, names, alert));
        }
        return new InForce(Map.copyOf(levels), Objects.requireNonNull(levels.get(level), "level"), released);
    }

    /** Collects the parts. Not thread-safe. */
    public static final class Builder {
        private final Site site;
        private final Directory directory;
        private FactsSource source = FactsSource.ofRequest();
        private Optional<EventSink> sink = Optional.empty();
        private Optional<SiteState> state = Optional.empty();
        private InstantSource clock = InstantSource.system();
        private Names names = Names.create();

        private Builder(Site site, Directory directory) {
            this.site = site;
            this.directory = directory;
        }

        /** Where facts come from that the request does not say. */
        public Builder facts(FactsSource value) {
            source = Objects.requireNonNull(value, "source");
            return this;
        }

        /** Who is where; takes the place of what {@link #facts} says of the site. */
        public Builder state(SiteState value) {
            state = Optional.of(value);
            return this;
        }

        /** Numbers that are shared with whoever keeps subjects. */
        public Builder names(Names value) {
            names = Objects.requireNonNull(value, "names");
            return this;
        }

        /** Where changes of the policy and the alert, and releases, are recorded. */
        public Builder events(EventSink value, InstantSource time) {
            sink = Optional.of(value);
            clock = Objects.requireNonNull(time, "clock");
            return this;
        }

        /** Throws {@link IllegalArgumentException} if a rule names a zone or portal that the site does not have. */
        public PermitDecider build(PolicySet policy) {
            return new PermitDecider(this, policy);
        }
    }
}
