package io.gatehouse.codes.clock;

import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.Optional;

/**
 * Port: whether the gate's time can be believed, where it matters: whoever can set a gate's clock back could show yesterday's
 * pass. {@link ClockWatch} watches a clock by itself; a site with a time service asks that. Implementations are
 * thread-safe and throw nothing.
 */
@FunctionalInterface
public interface ClockTrust {
    /**
     * Why this time, which the gate's clock says it is now, is not believed.
     *
     * @return empty if it is
     */
    Optional<Reason> whyNot(Instant now);

    /** Believes every time: for desks and tests, or where something else watches the clock. */
    static ClockTrust always() {
        return now -> Optional.empty();
    }
}
