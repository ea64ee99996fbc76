package io.gatehouse.core.place;

import java.util.Objects;

/**
 * A way from one zone into another: a door, gate, turnstile or lift floor. Immutable and thread-safe.
 *
 * @param id    its name in rules and records
 * @param name  its name for people
 * @param kind  what kind of thing it is
 * @param outer the zone on the less protected side
 * @param inner the zone on the protected side
 */
public record Portal(PortalId id, String name, PortalKind kind, ZoneCode outer, ZoneCode inner) {
    public Portal {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(outer, "outer");
        Objects.requireNonNull(inner, "inner");
        if (name.isBlank()) {
            throw new IllegalArgumentException("portal " + id + " has a blank name");
        }
        if (outer.equals(inner)) {
            throw new IllegalArgumentException("portal " + id + " leads from " + outer + " to itself");
        }
    }

    /** The zone that somebody who passes in this direction is in afterwards. */
    public ZoneCode destination(Direction direction) {
        return direction == Direction.ENTRY ? inner : outer;
    }
}
