package io.gatehouse.policy.watch;

import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.Zone;
import io.gatehouse.core.place.ZoneCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A site's zones and portals by numbers, so that rules compare no names. Immutable and thread-safe. */
final class Places {
    static final int OUTSIDE = 0;
    /** A zone that the site does not have, or a portal. */
    static final int UNKNOWN = 1;

    static final int NONE = -1;

    private final Site site;
    private final List<ZoneCode> zones = new ArrayList<>(List.of(ZoneCode.OUTSIDE, ZoneCode.of("unknown")));
    private final Map<ZoneCode, Integer> zoneNumbers = new HashMap<>();
    private final Map<PortalId, Integer> portalNumbers = new HashMap<>();
    private final List<Portal> portals;

    Places(Site site) {
        this.site = site;
        this.portals = site.portals();
        zoneNumbers.put(ZoneCode.OUTSIDE, OUTSIDE);
        for (Zone zone : site.zones()) {
            zoneNumbers.computeIfAbsent(zone.code(), code -> {
                zones.add(code);
                return zones.size() - 1;
            });
        }
        for (int i = 0; i < portals.size(); i++) {
            portalNumbers.put(portals.get(i).id(), i);
        }
    }

    Site site() {
        return site;
    }

    int portals() {
        return portals.size();
    }

    int zone(Optional<ZoneCode> code) {
        return code.isEmpty() ? NONE : zoneNumbers.getOrDefault(code.get(), UNKNOWN);
    }

    ZoneCode code(int zone) {
        return zones.get(zone);
    }

    /** Negative if the site does not have it. */
    int portal(Optional<PortalId> id) {
        return id.isEmpty() ? NONE : portalNumbers.getOrDefault(id.get(), NONE);
    }

    /** The zone on the other side of a portal than this one; none if that cannot be told. */
    int otherSide(int portal, int zone) {
        if (portal < 0) {
            return NONE;
        }
        int inner = zone(Optional.of(portals.get(portal).inner()));
        int outer = zone(Optional.of(portals.get(portal).outer()));
        return zone == inner ? outer : zone == outer ? inner : NONE;
    }

    /** For each zone's number, whether it is one of these or lies in one. */
    boolean[] within(Collection<ZoneCode> outer, String rule) {
        boolean[] within = new boolean[zones.size()];
        for (ZoneCode each : outer) {
            requireZone(each, rule);
            for (int i = 0; i < within.length; i++) {
                within[i] |= i != UNKNOWN && lies(each, zones.get(i));
            }
        }
        return within;
    }

    /** For each zone's number, the number of the innermost of these that it lies in, or none. */
    int[] innermost(List<ZoneCode> areas, String rule) {
        int[] area = new int[zones.size()];
        for (int zone = 0; zone < area.length; zone++) {
            area[zone] = NONE;
            for (int i = 0; i < areas.size(); i++) {
                requireZone(areas.get(i), rule);
                boolean isDeeper = area[zone] == NONE || lies(areas.get(area[zone]), areas.get(i));
                if (zone != UNKNOWN && isDeeper && lies(areas.get(i), zones.get(zone))) {
                    area[zone] = i;
                }
            }
        }
        return area;
    }

    private boolean lies(ZoneCode outer, ZoneCode inner) {
        return outer.equals(inner) || site.contains(outer, inner);
    }

    private void requireZone(ZoneCode code, String rule) {
        if (!zoneNumbers.containsKey(code)) {
            throw new IllegalArgumentException(
                    "rule " + rule + " names zone " + code + ", which site " + site.name() + " does not have");
        }
    }

    int requirePortal(PortalId id, String rule) {
        Integer number = portalNumbers.get(id);
        if (number == null) {
            throw new IllegalArgumentException(
                    "rule " + rule + " names portal " + id + ", which site " + site.name() + " does not have");
        }
        return number;
    }

    Portal portal(int number) {
        return portals.get(number);
    }
}
