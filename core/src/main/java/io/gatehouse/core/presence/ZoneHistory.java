package io.gatehouse.core.presence;

import io.gatehouse.core.place.ZoneCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many were in zones, step by step. Reads the crowd it is made for; not thread-safe. */
final class ZoneHistory {
    private final PresenceOptions options;
    private final Crowd crowd;

    ZoneHistory(PresenceOptions options, Crowd crowd) {
        this.options = options;
        this.crowd = crowd;
    }

    /** As {@link Presence#history}. */
    List<ZoneBucket> history(ZoneCode zone, Instant from, Instant to) {
        List<ZoneSeries> series = crowd.zones.all().entrySet().stream()
                .filter(each -> options.isIn(zone, each.getKey()))
                .map(each -> each.getValue().series)
                .filter(each -> each.end() > each.first())
                .toList();
        if (series.isEmpty()) {
            return List.of();
        }
        Duration bucket = options.bucket();
        long first = series.stream().mapToLong(ZoneSeries::first).min().orElseThrow();
        long begin = Math.max(firstStepFrom(from), Math.max(first, newestStep() - options.maxBuckets()));
        long end = Math.min(firstStepFrom(to), newestStep() + 1);
        int occupied =
                series.stream().mapToInt(each -> each.occupiedBefore(begin)).sum();
        List<ZoneBucket> steps = new ArrayList<>();
        for (long step = begin; step < end; step++) {
            int entered = 0;
            int left = 0;
            for (ZoneSeries each : series) {
                entered += each.entered(step);
                left += each.left(step);
            }
            occupied += entered - left;
            steps.add(new ZoneBucket(Instant.ofEpochSecond(step * bucket.toSeconds()), entered, left, occupied));
        }
        return steps;
    }

    /** As {@link Presence#heatMap}. */
    Map<ZoneCode, Double> heatMap(Instant from, Instant to) {
        Map<ZoneCode, Double> heat = new TreeMap<>(Comparator.comparing(ZoneCode::value));
        long known = crowd.zones.all().values().stream()
                .mapToLong(zone -> zone.series.first())
                .min()
                .orElse(0);
        long first = Math.max(firstStepFrom(from), known);
        long steps = Math.min(firstStepFrom(to), newestStep() + 1) - first;
        crowd.zones.all().forEach((code, zone) -> {
            if (steps > 0) {
                heat.put(code, zone.series.sumOccupied(first, first + steps) / (double) steps);
            }
        });
        return heat;
    }

    private long newestStep() {
        return crowd.zones.step(crowd.newest);
    }

    private long firstStepFrom(Instant at) {
        long seconds = options.bucket().toSeconds();
        return Math.floorDiv(at.getEpochSecond() + (at.getNano() > 0 ? 1 : 0) + seconds - 1, seconds);
    }
}
