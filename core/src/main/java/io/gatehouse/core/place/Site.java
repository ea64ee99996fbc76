package io.gatehouse.core.place;

import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A place under one set of rules: its time zone, its zones and its portals. Immutable and thread-safe. Refused with an
 * {@link IllegalArgumentException}: an id that occurs twice, an unknown zone, zones that lie in each other in a circle.
 *
 * @param name     its name for people
 * @param timeZone the time zone that its schedules are written in
 * @param zones    at least one; {@link ZoneCode#OUTSIDE} need not be listed
 * @param portals  each between listed zones or the outside
 */
public record Site(String name, ZoneId timeZone, List<Zone> zones, List<Portal> portals) {
    public Site {
        Objects.requireNonNull(timeZone, "timeZone");
        zones = List.copyOf(zones);
        portals = List.copyOf(portals);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a site needs a name");
        }
        requireKnownZones(zones, portals);
        requireUniquePortals(portals);
        for (Zone zone : zones) {
            requireNoCircle(zones, zone);
        }
    }

    /** The portal with this id. */
    public Optional<Portal> portal(PortalId id) {
        return portals.stream().filter(portal -> portal.id().equals(id)).findFirst();
    }

    /** The zone with this code. */
    public Optional<Zone> zone(ZoneCode code) {
        return zone(zones, code);
    }

    /** Whether {@code inner} is {@code outer} or lies in it, at any depth. */
    public boolean contains(ZoneCode outer, ZoneCode inner) {
        Optional<ZoneCode> at = Optional.of(inner);
        while (at.isPresent()) {
            if (at.get().equals(outer)) {
                return true;
            }
            at = zone(at.get()).flatMap(Zone::parent);
        }
        return false;
    }

    private static Optional<Zone> zone(List<Zone> zones, ZoneCode code) {
        return zones.stream().filter(zone -> zone.code().equals(code)).findFirst();
    }

    private static void requireKnownZones(List<Zone> zones, List<Portal> portals) {
        Set<ZoneCode> known = zones.stream().map(Zone::code).collect(Collectors.toCollection(HashSet::new));
        if (known.size() != zones.size()) {
            throw new IllegalArgumentException("a zone code occurs twice among " + zones);
        }
        known.add(ZoneCode.OUTSIDE);
        for (Zone zone : zones) {
            zone.parent().filter(parent -> !known.contains(parent)).ifPresent(parent -> {
                throw new IllegalArgumentException(
                        "zone " + zone.code() + " lies in " + parent + ", which is not a zone of the site");
            });
        }
        for (Portal portal : portals) {
            if (!known.contains(portal.outer()) || !known.contains(portal.inner())) {
                throw new IllegalArgumentException("portal " + portal.id() + " leads from " + portal.outer() + " to "
                        + portal.inner() + ", of which one is not a zone of the site");
            }
        }
    }

    private static void requireUniquePortals(List<Portal> portals) {
        if (portals.stream().map(Portal::id).distinct().count() != portals.size()) {
            throw new IllegalArgumentException("a portal id occurs twice among " + portals);
        }
    }

    private static void requireNoCircle(List<Zone> zones, Zone start) {
        Set<ZoneCode> seen = new HashSet<>();
        Optional<Zone> at = Optional.of(start);
        while (at.isPresent()) {
            if (!seen.add(at.get().code())) {
                throw new IllegalArgumentException("zones lie in each other in a circle through " + start.code());
            }
            at = at.get().parent().flatMap(parent -> zone(zones, parent));
        }
    }
}
