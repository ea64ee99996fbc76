package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.gallery.Bucket.Report;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Holds searches to a limit of the gallery and one of each caller. Callers are remembered up to a number; those beyond share
 * one bucket, so that names made up one after another get nobody more than the names that there are. Thread-safe.
 */
final class Limiter {
    private static final int MOST_CALLERS = 1_000;
    /** Not a name that a caller can have. */
    private static final String OTHERS = "(others)";

    private static final String UNNAMED = "(unnamed)";

    private final Optional<SearchLimit> each;
    private final SteadyTime time;
    private final Optional<Bucket> common;
    private final Map<String, Bucket> callers = new HashMap<>();

    Limiter(Optional<SearchLimit> all, Optional<SearchLimit> each, InstantSource clock) {
        this.each = each;
        this.time = new SteadyTime(clock);
        this.common = all.map(limit -> new Bucket(Optional.empty(), limit, 0));
    }

    /**
     * Whether searches may be made, and what is to be told of such as might not.
     *
     * @param reports empty most of the time
     */
    record Verdict(boolean isAllowed, List<Report> reports) {}

    /**
     * Takes a place for each of so many searches, or for none.
     *
     * @throws IllegalArgumentException if there are never so many
     */
    synchronized Verdict take(Optional<String> caller, int searches) {
        if (each.isEmpty() && common.isEmpty()) {
            return new Verdict(true, List.of());
        }
        long now = time.nanos();
        List<Report> reports = new ArrayList<>();
        Optional<Bucket> own = each.map(limit -> bucketOf(caller.orElse(UNNAMED), limit, now, reports));
        List<Bucket> asked = Stream.concat(own.stream(), common.stream()).toList();
        List<Bucket> dry =
                asked.stream().filter(bucket -> !bucket.has(searches, now)).toList();
        if (dry.isEmpty()) {
            asked.forEach(bucket -> bucket.take(searches));
        } else {
            dry.get(0).refuse(searches);
        }
        asked.forEach(bucket -> bucket.due(now).ifPresent(reports::add));
        return new Verdict(dry.isEmpty(), reports);
    }

    /** What was not told yet. */
    synchronized List<Report> rest() {
        long now = time.nanos();
        return Stream.concat(callers.values().stream(), common.stream())
                .flatMap(bucket -> bucket.rest(now).stream())
                .toList();
    }

    private Bucket bucketOf(String caller, SearchLimit limit, long now, List<Report> reports) {
        Bucket known = callers.get(caller);
        if (known != null) {
            return known;
        }
        if (callers.size() >= MOST_CALLERS) {
            forgetIdle(now, reports);
        }
        String name = callers.size() >= MOST_CALLERS ? OTHERS : caller;
        return callers.computeIfAbsent(name, any -> new Bucket(Optional.of(name), limit, now));
    }

    /** A full bucket is as good as a new one. */
    private void forgetIdle(long now, List<Report> reports) {
        for (Iterator<Bucket> each = callers.values().iterator(); each.hasNext(); ) {
            Bucket bucket = each.next();
            if (bucket.isFull(now)) {
                bucket.rest(now).ifPresent(reports::add);
                each.remove();
            }
        }
    }
}
