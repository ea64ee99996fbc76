package io.gatehouse.policy.permit.state;

import java.time.Duration;

/**
 * How long things are held and remembered. Immutable and thread-safe.
 *
 * @param holding     how long a place is held for a door that does not answer
 * @param remembering how long entries are remembered: at least the longest period that a rule counts over
 */
public record SiteStateOptions(Duration holding, Duration remembering) {
    public SiteStateOptions {
        if (holding.isNegative() || holding.isZero() || remembering.compareTo(holding) < 0) {
            throw new IllegalArgumentException(
                    "places are held for more than zero, and entries remembered at least as long, " + "not " + holding
                            + " and " + remembering);
        }
    }

    /** Half a minute, and a day. */
    public static SiteStateOptions standard() {
        return new SiteStateOptions(Duration.ofSeconds(30), Duration.ofDays(1));
    }

    /** The same with another memory. */
    public SiteStateOptions remembering(Duration period) {
        return new SiteStateOptions(holding, period);
    }
}
