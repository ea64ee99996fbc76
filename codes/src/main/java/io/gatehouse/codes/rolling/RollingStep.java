package io.gatehouse.codes.rolling;

import java.time.Instant;

/**
 * How often a code changes. The step of a moment is its seconds since 1970 divided by the length, rounded down (T of RFC 6238
 * §4.2). A code is taken in its own step, the one before and the one after, so a copy of it is worth something for at most
 * three steps. Gates and phones of a site have the same. Immutable and thread-safe.
 *
 * @param seconds length of a step, 2 to 60
 */
public record RollingStep(int seconds) {
    /** 15 s: a copy lives 45 s at most. */
    public static final RollingStep STANDARD = new RollingStep(15);

    /** 5 s: a copy lives 15 s at most; phones and gates must agree on the time to 5 s. */
    public static final RollingStep SHORT = new RollingStep(5);

    private static final int MIN = 2;
    private static final int MAX = 60;

    public RollingStep {
        if (seconds < MIN || seconds > MAX) {
            throw new IllegalArgumentException("a step has " + MIN + " to " + MAX + " s, not " + seconds);
        }
    }

    /** The number of the step that this moment is in. */
    public long of(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), seconds);
    }

    /** When a step begins. */
    public Instant start(long step) {
        return Instant.ofEpochSecond(Math.multiplyExact(step, seconds));
    }
}
