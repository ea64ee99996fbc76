package io.gatehouse.examples.quickstart.report;

import java.time.Duration;
import java.util.Objects;

/**
 * One line of the morning: what was tried, what came of it, and whether that is what had to come of it. Immutable and
 * thread-safe.
 *
 * @param step       the step's number, from 1
 * @param what       what happened, a few words
 * @param who        whom it is about
 * @param decision   what was decided or done, a word or two
 * @param reason     why
 * @param took       how long it took
 * @param asExpected whether it ended as it must
 */
public record Line(
        int step, String what, String who, String decision, String reason, Duration took, boolean asExpected) {
    public Line {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(decision, "decision");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(took, "took");
    }

    double millis() {
        return took.toNanos() / 1e6;
    }
}
