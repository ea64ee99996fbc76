package io.gatehouse.policy.permit;

import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.Zone;
import io.gatehouse.core.place.ZoneCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A site in numbers. Places have numbers of their own: 0 is anywhere, then come the zones, then the portals. A way is a portal
 * in one direction: twice the portal's number, plus one for leaving. Immutable and thread-safe.
 */
@SuppressWarnings("EnumOrdinal") // Bits and indexes in memory, never written down.
final class Ground {
    static final int ANYWHERE = 0;

    private final Site site;
    private final List<Portal> portals;
    private final Map<ZoneCode, Integer> zoneNumbers = new HashMap<>();
    private final Map<ZoneCode, List<ZoneCode>> chains = new HashMap<>();
    private final Map<ZoneCode, List<ZoneCode>> within = new HashMap<>();
    private final @Nullable PortalId[] slots;
    private final int[] slotNumbers;
    private final int[] destinations;

    private Ground(Site site) {
        this.site = site;
        this.portals = site.portals();
        Map<ZoneCode, Optional<ZoneCode>> parents = new HashMap<>();
        site.zones().forEach(zone -> parents.put(zone.code(), zone.parent()));
        parents.putIfAbsent(ZoneCode.OUTSIDE, Optional.empty());
        for (ZoneCode zone : zones(site)) {
            zoneNumbers.put(zone, zoneNumbers.size() + 1);
            List<ZoneCode> chain = new ArrayList<>();
            for (ZoneCode at = zone;
                    at != null;
                    at = parents.getOrDefault(at, Optional.empty()).orElse(null)) {
                chain.add(at);
                within.computeIfAbsent(at, outer -> new ArrayList<>()).add(zone);
            }
            chains.put(zone, List.copyOf(chain));
        }
        int capacity = Integer.highestOneBit(Math.max(4, portals.size())) * 4;
        this.slots = new PortalId[capacity];
        this.slotNumbers = new int[capacity];
        this.destinations = new int[portals.size() * 2];
        for (int i = 0; i < portals.size(); i++) {
            insert(portals.get(i).id(), i);
            for (Direction direction : Direction.values()) {
                destinations[i * 2 + direction.ordinal()] =
                        number(portals.get(i).destination(direction));
            }
        }
    }

    static Ground of(Site site) {
        return new Ground(site);
    }

    private static Set<ZoneCode> zones(Site site) {
        Set<ZoneCode> zones = new LinkedHashSet<>();
        site.zones().stream().map(Zone::code).forEach(zones::add);
        zones.add(ZoneCode.OUTSIDE);
        return zones;
    }

    private void insert(PortalId id, int number) {
        int at = spread(id) & slots.length - 1;
        while (slots[at] != null) {
            at = at + 1 & slots.length - 1;
        }
        slots[at] = id;
        slotNumbers[at] = number;
    }

    private static int spread(PortalId id) {
        int hash = id.hashCode() * 0x9E3779B9;
        return hash ^ hash >>> 16;
    }

    Site site() {
        return site;
    }

    /** The portal's number, or −1 if the site does not have it. */
    int portal(PortalId id) {
        int at = spread(id) & slots.length - 1;
        for (PortalId found = slots[at]; found != null; found = slots[at]) {
            if (found.equals(id)) {
                return slotNumbers[at];
            }
            at = at + 1 & slots.length - 1;
        }
        return -1;
    }

    Portal portal(int number) {
        return portals.get(number);
    }

    /** How many places there are. */
    int places() {
        return 1 + zoneNumbers.size() + portals.size();
    }

    /** How many ways there are. */
    int ways() {
        return destinations.length;
    }

    int zonePlace(ZoneCode zone) {
        return number(zone);
    }

    int portalPlace(int portal) {
        return 1 + zoneNumbers.size() + portal;
    }

    /** The place of the zone that a way leads to. */
    int destinationPlace(int way) {
        return destinations[way];
    }

    /** The zone that a way leads to and what it lies in, the innermost first. */
    List<ZoneCode> destinationChain(int way) {
        return chain(portal(way / 2).destination(direction(way)));
    }

    static Direction direction(int way) {
        return way % 2 == 0 ? Direction.ENTRY : Direction.EXIT;
    }

    /** A zone and what it lies in, the innermost first; the zone alone if the site does not have it. */
    List<ZoneCode> chain(ZoneCode zone) {
        List<ZoneCode> chain = chains.get(zone);
        return chain != null ? chain : List.of(zone);
    }

    /** A zone and all that lies in it. */
    Collection<ZoneCode> within(ZoneCode zone) {
        return within.getOrDefault(zone, List.of(zone));
    }

    boolean contains(ZoneCode outer, ZoneCode inner) {
        return chain(inner).contains(outer);
    }

    /** Whether a way comes from outside a zone and leads into it. */
    boolean enters(int way, ZoneCode zone) {
        Portal portal = portal(way / 2);
        Direction direction = direction(way);
        ZoneCode origin = direction == Direction.ENTRY ? portal.outer() : portal.inner();
        return contains(zone, portal.destination(direction)) && !contains(zone, origin);
    }

    private int number(ZoneCode zone) {
        Integer number = zoneNumbers.get(zone);
        if (number == null) {
            throw new IllegalArgumentException(site.name() + " has no zone " + zone);
        }
        return number;
    }
}
