package io.gatehouse.policy.permit.facts;

import io.gatehouse.core.place.ZoneCode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is where, as far as one decision needs it; a zone stands for its sub-zones too. Immutable and thread-safe.
 *
 * @param occupancy how many people are in a zone, or are about to be; none said is nobody
 * @param inside    the zones that this person is in
 * @param entries   when this person entered zones, or is about to, the newest first
 */
public record SiteFacts(Map<ZoneCode, Integer> occupancy, Set<ZoneCode> inside, Map<ZoneCode, List<Instant>> entries) {
    private static final SiteFacts EMPTY = new SiteFacts(Map.of(), Set.of(), Map.of());

    public SiteFacts {
        occupancy = Map.copyOf(occupancy);
        inside = Set.copyOf(inside);
        Map<ZoneCode, List<Instant>> copies = new HashMap<>();
        entries.forEach((zone, times) -> copies.put(zone, List.copyOf(times)));
        entries = Map.copyOf(copies);
    }

    /** Nobody is anywhere. */
    public static SiteFacts empty() {
        return EMPTY;
    }
}
