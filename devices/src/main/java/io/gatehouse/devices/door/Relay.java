package io.gatehouse.devices.door;

import io.gatehouse.core.gate.Actuation;
import java.time.Duration;
import java.util.Optional;

/** Port to one switched output. Implementations are thread-safe and answer every command within a bounded time. */
@FunctionalInterface
public interface Relay {
    /** Switches on or off and gives the output's own word for it. */
    Actuation set(boolean energised);

    /**
     * Switches for a time that the board itself keeps, so that it falls back even if this program is gone by then.
     *
     * @return empty if the board cannot do that for so long, or in that sense; then it was told nothing
     */
    default Optional<Actuation> pulse(boolean energised, Duration time) {
        return Optional.empty();
    }
}
