package io.gatehouse.devices.door;

import io.gatehouse.core.gate.Actuation;

/** Port to one switched output. Implementations are thread-safe and answer every command within a bounded time. */
@FunctionalInterface
public interface Relay {
    /** Switches on or off and gives the output's own word for it. */
    Actuation set(boolean energised);
}
