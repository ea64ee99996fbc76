package io.gatehouse.policy.watch;

import java.time.Duration;

/** What bounds the memory that a rule takes for each person. */
final class Limits {
    /** Times of a person that one rule remembers. */
    static final int MOST_COUNTED = 1_000;

    private static final Duration LONGEST = Duration.ofDays(3_660);

    private Limits() {}

    static void require(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "a rule names " + least + " to " + most + " " + what + ", this one " + value);
        }
    }

    static void requireTime(String what, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    what + " is longer than nothing and at most " + LONGEST + ", not " + value);
        }
    }
}
