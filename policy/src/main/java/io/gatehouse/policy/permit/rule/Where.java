package io.gatehouse.policy.permit.rule;

import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.ZoneCode;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where a rule holds. The zone that counts is the one the person will be in after passing, so leaving the laboratory
 * for the corridor is a question about the corridor; a zone stands for its sub-zones too. Sets that are empty ask for
 * nothing. Immutable and thread-safe.
 *
 * @param zones     destination zones, any of them or of what lies in them
 * @param portals   portals, any of them
 * @param direction which way; empty for both
 */
public record Where(Set<ZoneCode> zones, Set<PortalId> portals, Optional<Direction> direction) {
    public Where {
        zones = Set.copyOf(zones);
        portals = Set.copyOf(portals);
        Objects.requireNonNull(direction, "direction");
    }

    public static Where anywhere() {
        return new Where(Set.of(), Set.of(), Optional.empty());
    }

    /** Whether the portal and the zone behind it are among those of the rule, whichever way the rule asks for. */
    public boolean includesPlace(Site site, Portal portal, Direction passing) {
        ZoneCode destination = portal.destination(passing);
        return (portals.isEmpty() || portals.contains(portal.id()))
                && (zones.isEmpty() || zones.stream().anyMatch(zone -> site.contains(zone, destination)));
    }

    public boolean includesDirection(Direction passing) {
        return direction.isEmpty() || direction.get() == passing;
    }
}
