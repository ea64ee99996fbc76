package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.LawfulBasis;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.reason.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a gate without a line may go by: whose data could be used at one instant, and for so long after it as the lease
 * lasts. So a withdrawal, and the end of a yes, reach such a gate within the lease, and one whose line stays away uses nobody's data. The gate
 * takes a new one whenever it can. Thread-safe.
 *
 * <p>A lease is answered by the gate's own clock: one that stands before the instant of the lease answers no as well.
 */
public final class BasisLease implements LawfulBasis {
    private final InstantSource clock;
    private volatile Grant grant = Grant.NONE;

    private BasisLease(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** A gate's, which refuses until it was given something. */
    public static BasisLease create(InstantSource clock) {
        return new BasisLease(clock);
    }

    /**
     * What the server hands out, over a way that authenticates it. Immutable and thread-safe; {@code toString} names nobody.
     *
     * @param asOf    when it was true, by the server's clock
     * @param lasts   for how long after that it may be gone by
     * @param allowed what may be used
     */
    public record Grant(Instant asOf, Duration lasts, Set<ConsentSubject> allowed) {
        // First: the constant below is checked against it.
        private static final Duration LONGEST = Duration.ofDays(7);

        static final Grant NONE = new Grant(Instant.EPOCH, Duration.ZERO, Set.of());

        public Grant {
            Objects.requireNonNull(asOf, "asOf");
            allowed = Set.copyOf(allowed);
            if (lasts.isNegative() || lasts.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("a lease lasts up to " + LONGEST + ", not " + lasts);
            }
        }

        /** Asks a basis about each of these subjects, at the server. */
        public static Grant of(LawfulBasis basis, Set<ConsentSubject> asked, Instant now, Duration lasts) {
            Set<ConsentSubject> allowed = new HashSet<>();
            for (ConsentSubject each : asked) {
                if (basis.basisFor(each.person(), each.purpose(), each.dataClass())
                        .isLawful()) {
                    allowed.add(each);
                }
            }
            return new Grant(now, lasts, allowed);
        }

        @Override
        public String toString() {
            return "Grant[" + asOf + ", " + lasts + ", " + allowed.size() + " uses]";
        }
    }

    /** Goes by this one from now on, unless it knows a newer. */
    public synchronized void renew(Grant newer) {
        if (newer.asOf().isAfter(grant.asOf())) {
            grant = newer;
        }
    }

    /** When the lease ends if it is not renewed. */
    public Instant ends() {
        Grant now = grant;
        return now.asOf().plus(now.lasts());
    }

    @Override
    public Answer basisFor(PersonId person, Purpose purpose, DataClass dataClass) {
        Grant now = grant;
        Instant time = clock.instant();
        if (time.isBefore(now.asOf()) || !time.isBefore(now.asOf().plus(now.lasts()))) {
            return Answer.refused(Reason.of(
                    "consent.lease-over",
                    "Consent could not be asked about for too long, so these data are not used: use another way."));
        }
        ConsentSubject subject = new ConsentSubject(person, purpose, dataClass);
        Optional<Reason> refusal = now.allowed().contains(subject)
                ? Optional.empty()
                : Optional.of(Reason.format(
                        "consent.not-leased",
                        "There was no basis to use %s for %s when consent was last asked about: use another way.",
                        dataClass,
                        purpose));
        return new Answer(refusal);
    }
}
