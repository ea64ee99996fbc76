package io.gatehouse.policy.consent.request;

import java.time.LocalDate;
import java.time.Period;

/**
 * How long there is to answer a request. Immutable and thread-safe. The day of receipt does not count.
 *
 * @param time      from the day of receipt
 * @param extension by how much it may be put off once, with a reason that the person is told; zero if it may not
 */
public record Deadline(Period time, Period extension) {
    public Deadline {
        if (time.isNegative() || time.isZero() || extension.isNegative()) {
            throw new IllegalArgumentException(
                    "there is some time to answer a request, and none is taken back: " + time + ", " + extension);
        }
    }

    /** So many days, not to be put off. */
    public static Deadline days(int days) {
        return new Deadline(Period.ofDays(days), Period.ZERO);
    }

    LocalDate due(LocalDate received) {
        return received.plus(time);
    }
}
