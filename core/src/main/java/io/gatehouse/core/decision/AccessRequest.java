package io.gatehouse.core.decision;

import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import java.time.Instant;
import java.util.Objects;

/**
 * May this person pass this portal in this direction now? Immutable and thread-safe.
 *
 * @param who       the person, with the method and the certainty of their identification
 * @param portal    where
 * @param direction which way
 * @param at        when
 */
public record AccessRequest(Identity.Known who, Portal portal, Direction direction, Instant at) {
    public AccessRequest {
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(portal, "portal");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(at, "at");
    }
}
