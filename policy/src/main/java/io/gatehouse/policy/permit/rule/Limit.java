package io.gatehouse.policy.permit.rule;

import io.gatehouse.core.place.ZoneCode;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * What depends on who is where: it counts when somebody enters a zone from outside it, and nothing when they move within
 * it or leave. Sealed, immutable, thread-safe.
 */
public sealed interface Limit {
    /** The zone with its sub-zones. */
    ZoneCode zone();

    /** What holds at a gate that cannot ask how things stand. */
    OffLine offLine();

    /** Applies the function of the case that this is. */
    <T> T fold(
            Function<? super Occupancy, ? extends T> occupancy,
            Function<? super Passback, ? extends T> passback,
            Function<? super Count, ? extends T> count);

    /** What holds off line. */
    enum OffLine {
        /** The limit counts as reached. */
        DENY,
        /** The limit counts as kept. */
        ALLOW,
        /** What this gate has counted by itself decides. */
        LOCAL
    }

    /**
     * At most so many people are in a zone at a time.
     *
     * @param most at least 1
     */
    record Occupancy(ZoneCode zone, int most, OffLine offLine) implements Limit {
        public Occupancy {
            Objects.requireNonNull(zone, "zone");
            Objects.requireNonNull(offLine, "offLine");
            requirePositive("people in zone " + zone, most);
        }

        @Override
        public <T> T fold(
                Function<? super Occupancy, ? extends T> occupancy,
                Function<? super Passback, ? extends T> passback,
                Function<? super Count, ? extends T> count) {
            return occupancy.apply(this);
        }
    }

    /**
     * Who is in a zone does not enter it again.
     *
     * @param mode   what is done about it
     * @param within for {@link Mode#TIMED}, how long after an entry; zero for the others
     * @param exempt groups it does not hold for
     */
    record Passback(ZoneCode zone, Mode mode, Duration within, Set<String> exempt, OffLine offLine) implements Limit {
        /** What is done about somebody who enters twice. */
        public enum Mode {
            /** They are refused. */
            HARD,
            /** They pass, and it is marked. */
            SOFT,
            /** They are refused for some time after an entry, wherever they are thought to be. */
            TIMED
        }

        public Passback {
            Objects.requireNonNull(zone, "zone");
            Objects.requireNonNull(mode, "mode");
            Objects.requireNonNull(offLine, "offLine");
            exempt = Set.copyOf(exempt);
            if (within.compareTo(Count.LONGEST) > 0) {
                throw new IllegalArgumentException("anti-passback holds for at most 366 days, not " + within);
            }
            if ((mode == Mode.TIMED) != (within.compareTo(Duration.ZERO) > 0)) {
                throw new IllegalArgumentException("anti-passback for some time names a time above zero, "
                        + "the other modes none; this one is " + mode + " within " + within);
            }
        }

        @Override
        public <T> T fold(
                Function<? super Occupancy, ? extends T> occupancy,
                Function<? super Passback, ? extends T> passback,
                Function<? super Count, ? extends T> count) {
            return passback.apply(this);
        }
    }

    /**
     * One person enters a zone at most so many times in a sliding period.
     *
     * @param most   at least 1
     * @param within the period, above zero and up to 366 days
     */
    record Count(ZoneCode zone, int most, Duration within, OffLine offLine) implements Limit {
        private static final Duration LONGEST = Duration.ofDays(366);

        public Count {
            Objects.requireNonNull(zone, "zone");
            Objects.requireNonNull(offLine, "offLine");
            requirePositive("entries into zone " + zone, most);
            if (within.compareTo(Duration.ZERO) <= 0 || within.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "entries are counted over more than zero and at most 366 days, not " + within);
            }
        }

        @Override
        public <T> T fold(
                Function<? super Occupancy, ? extends T> occupancy,
                Function<? super Passback, ? extends T> passback,
                Function<? super Count, ? extends T> count) {
            return count.apply(this);
        }
    }

    private static void requirePositive(String what, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("at most " + most + " " + what + ": forbid it instead");
        }
    }
}
