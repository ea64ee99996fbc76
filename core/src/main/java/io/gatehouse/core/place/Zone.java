package io.gatehouse.core.place;

import java.util.Objects;
import java.util.Optional;

/**
 * A part of a site that people are in or not in. Immutable and thread-safe.
 *
 * @param code   its name in rules and records
 * @param name   its name for people
 * @param parent the zone it lies in, if any; a rule for a zone holds for its sub-zones
 */
public record Zone(ZoneCode code, String name, Optional<ZoneCode> parent) {
    public Zone {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(parent, "parent");
        if (name.isBlank()) {
            throw new IllegalArgumentException("zone " + code + " has a blank name");
        }
        if (parent.filter(code::equals).isPresent()) {
            throw new IllegalArgumentException("zone " + code + " cannot lie in itself");
        }
    }

    public static Zone of(String code, String name) {
        return new Zone(ZoneCode.of(code), name, Optional.empty());
    }
}
