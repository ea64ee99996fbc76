package io.gatehouse.core.presence;

import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.presence.Place.Naming;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many people are in each zone, and were. The outside has no number. Not thread-safe. */
final class Zones {
    private final PresenceOptions options;
    private final Map<ZoneCode, Zone> zones = new HashMap<>();

    Zones(PresenceOptions options) {
        this.options = options;
    }

    /** How many are in a zone. */
    static final class Zone {
        // Who is known by a pseudonym or by name, by what is known of their name.
        private int unasked;
        private int named;
        private int nameless;
        /** Known by nothing; less than zero if some of the nameless have left and nothing tells who. */
        int anonymous;

        final ZoneSeries series;

        Zone(ZoneSeries series) {
            this.series = series;
        }

        int known() {
            return unasked + named + nameless;
        }

        void add(Naming naming, int count) {
            switch (naming) {
                case UNASKED -> unasked += count;
                case NAMED -> named += count;
                case NAMELESS -> nameless += count;
            }
        }

        /** Who has no name, as far as names were asked for. */
        int unnamed() {
            return nameless + anonymous;
        }

        int count() {
            return known() + anonymous;
        }
    }

    Map<ZoneCode, Zone> all() {
        return zones;
    }

    @Nullable
    Zone get(ZoneCode code) {
        return zones.get(code);
    }

    void put(ZoneCode code, Zone zone) {
        zones.put(code, zone);
    }

    int total() {
        return zones.values().stream().mapToInt(Zone::count).sum();
    }

    /** How many of all have no name here. */
    int unnamed() {
        return zones.values().stream()
                .mapToInt(zone -> zone.count() - zone.named)
                .sum();
    }

    /** Whether somebody left of whom only their not having a name was known. */
    boolean hasDebts() {
        return zones.values().stream().anyMatch(zone -> zone.anonymous < 0);
    }

    /** Somebody came, or so many more or fewer. */
    void change(ZoneCode code, Instant at, Naming naming, int count) {
        if (!code.equals(ZoneCode.OUTSIDE)) {
            Zone zone = zone(code);
            int before = zone.count();
            zone.add(naming, count);
            settle(zone, before, at);
        }
    }

    /** So many more or fewer of those known by nothing. */
    void changeAnonymous(ZoneCode code, Instant at, int count) {
        if (!code.equals(ZoneCode.OUTSIDE) && count != 0) {
            Zone zone = zone(code);
            int before = zone.count();
            zone.anonymous += count;
            settle(zone, before, at);
        }
    }

    private void settle(Zone zone, int before, Instant at) {
        // A debt of people who turn out to be others: whoever left was none of those without a name.
        zone.anonymous = Math.max(zone.anonymous, -zone.nameless);
        int difference = zone.count() - before;
        if (difference != 0) {
            zone.series.add(step(at), Math.max(difference, 0), Math.max(-difference, 0));
        }
    }

    private Zone zone(ZoneCode code) {
        return zones.computeIfAbsent(code, any -> new Zone(new ZoneSeries(options.maxBuckets())));
    }

    /** Something else is known of the name of somebody who is there. */
    void rename(ZoneCode code, Naming from, Naming to) {
        Zone zone = zones.get(code);
        if (zone != null) {
            zone.add(from, -1);
            zone.add(to, 1);
        }
    }

    /** Where an exit of somebody unknown most likely was from, when the door does not say. */
    @Nullable
    ZoneCode fullestOfUnnamed() {
        return zones.entrySet().stream()
                .filter(zone -> zone.getValue().unnamed() > 0)
                .max(Comparator.comparingInt((Map.Entry<ZoneCode, Zone> zone) ->
                                zone.getValue().unnamed())
                        .thenComparing(zone -> zone.getKey().value(), Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), options.bucket().toSeconds());
    }
}
