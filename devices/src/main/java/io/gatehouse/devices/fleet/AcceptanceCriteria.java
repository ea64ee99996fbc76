package io.gatehouse.devices.fleet;

import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a kind of device must show before it works. Immutable and thread-safe.
 *
 * @param attempts at least so many readings are tried, 1 to 100,000
 * @param readRate at least this share of them succeeds, 0 to 1
 * @param latency  19 of 20 successful readings take no longer; at least 1 ms
 * @param checks   what a person looks at and confirms, as codes: {@code privacy.sign-posted}
 */
public record AcceptanceCriteria(int attempts, double readRate, Duration latency, Set<String> checks) {
    /** What privacy asks of a camera: it sees no more than it must, people are told, and what need not be seen is masked. */
    public static final Set<String> CAMERA_PRIVACY =
            Set.of("privacy.view-is-limited", "privacy.sign-posted", "privacy.private-areas-masked");

    public AcceptanceCriteria {
        if (attempts < 1 || attempts > 100_000) {
            throw new IllegalArgumentException("an acceptance test has 1 to 100,000 attempts, not " + attempts);
        }
        if (!(readRate >= 0) || readRate > 1) {
            throw new IllegalArgumentException("a read rate is 0 to 1, not " + readRate);
        }
        if (latency.toMillis() < 1) {
            throw new IllegalArgumentException("a latency is at least 1 ms, not " + latency);
        }
        checks.forEach(check -> Objects.requireNonNull(check, "check"));
        checks = Collections.unmodifiableSet(new TreeSet<>(checks));
    }

    /** 20 readings of which all but one succeed, within half a second, and for a camera its privacy. A house sets its own. */
    public static AcceptanceCriteria standard(DeviceKind kind) {
        return new AcceptanceCriteria(
                20, 0.95, Duration.ofMillis(500), kind.equals(DeviceKind.CAMERA) ? CAMERA_PRIVACY : Set.of());
    }
}
