package io.gatehouse.policy.permit.facts;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.place.ZoneCode;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How somebody stands: which inductions they did, what was approved for them, what they consented to, and for those who do not
 * belong to the house the stay they were let in for. Immutable and thread-safe; {@code toString} leaves persons out.
 *
 * @param inductions by name, with the moment from which each no longer counts
 * @param approvals  by name, with the moment from which each no longer counts
 * @param consents   purposes
 * @param stay       a visit, a contract, temporary works; empty for who has none
 */
public record Standing(
        Map<String, Instant> inductions, Map<String, Instant> approvals, Set<Purpose> consents, Optional<Stay> stay) {
    private static final Standing NONE = new Standing(Map.of(), Map.of(), Set.of(), Optional.empty());

    public Standing {
        inductions = Map.copyOf(inductions);
        approvals = Map.copyOf(approvals);
        consents = Set.copyOf(consents);
        Objects.requireNonNull(stay, "stay");
    }

    /** Nothing is known of them. */
    public static Standing none() {
        return NONE;
    }

    /** The same with a stay. */
    public Standing with(Stay other) {
        return new Standing(inductions, approvals, consents, Optional.of(other));
    }

    /**
     * A visit, a contract or temporary works. Immutable and thread-safe; {@code toString} leaves the host out.
     *
     * @param from  the first moment
     * @param until the first moment after
     * @param areas zones, with what lies in them; empty for no restriction
     * @param host  who answers for it
     */
    public record Stay(Instant from, Instant until, Set<ZoneCode> areas, Optional<PersonId> host) {
        public Stay {
            areas = Set.copyOf(areas);
            Objects.requireNonNull(host, "host");
            if (!from.isBefore(until)) {
                throw new IllegalArgumentException("a stay from " + from + " ends before it begins, at " + until);
            }
        }

        public boolean covers(Instant at) {
            return !at.isBefore(from) && at.isBefore(until);
        }

        @Override
        public String toString() {
            return "Stay[" + from + " to " + until + ", areas " + areas + "]";
        }
    }

    @Override
    public String toString() {
        return "Standing[" + inductions.size() + " inductions, " + approvals.size() + " approvals, " + consents.size()
                + " consents, " + stay.map(Stay::toString).orElse("no stay") + "]";
    }
}
