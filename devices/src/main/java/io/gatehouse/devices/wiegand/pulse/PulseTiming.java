package io.gatehouse.devices.wiegand.pulse;

import java.time.Duration;

/**
 * How long pulses are and how far apart. Immutable and thread-safe.
 *
 * @param minPulse    shorter is a runt, and shorter than a tenth of it a glitch
 * @param maxPulse    longer is a line that stays low
 * @param minInterval from the beginning of one pulse to that of the next, at least
 * @param maxInterval and at most; more is a bit that was lost
 * @param frameGap    so much silence ends a card; more than {@code maxInterval}
 */
public record PulseTiming(
        Duration minPulse, Duration maxPulse, Duration minInterval, Duration maxInterval, Duration frameGap) {
    private static final PulseTiming STANDARD = new PulseTiming(
            Duration.ofNanos(20_000),
            Duration.ofNanos(100_000),
            Duration.ofNanos(200_000),
            Duration.ofMillis(20),
            Duration.ofMillis(50));

    public PulseTiming {
        if (minPulse.compareTo(Duration.ofNanos(10)) < 0
                || maxPulse.compareTo(minPulse) <= 0
                || minInterval.compareTo(maxPulse) <= 0
                || maxInterval.compareTo(minInterval) <= 0
                || frameGap.compareTo(maxInterval) <= 0) {
            throw new IllegalArgumentException("pulses need 10 ns <= minPulse < maxPulse < minInterval < maxInterval <"
                    + " frameGap, not " + minPulse + ", " + maxPulse + ", " + minInterval + ", " + maxInterval + ", "
                    + frameGap);
        }
    }

    /** As SIA AC-01 (1996) has it: pulses of 20 to 100 µs, 200 µs to 20 ms apart; 50 ms of silence end a card. */
    public static PulseTiming standard() {
        return STANDARD;
    }
}
