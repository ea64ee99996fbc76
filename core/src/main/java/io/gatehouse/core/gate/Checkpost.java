package io.gatehouse.core.gate;

import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import java.time.Instant;
import java.util.Objects;

/**
 * Where and when something is presented. Immutable and thread-safe.
 *
 * @param portal    the portal
 * @param direction which way they want to pass
 * @param at        the gate's time
 */
public record Checkpost(Portal portal, Direction direction, Instant at) {
    public Checkpost {
        Objects.requireNonNull(portal, "portal");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(at, "at");
    }
}
