package io.gatehouse.biometrics.gallery;

import java.time.Duration;
import java.util.Optional;

/**
 * What is left of a limit, and how many searches it refused that are not in the ledger yet. A first refusal is told at once
 * and those of the following minute together, so that a flood of searches is no flood of records. Not thread-safe.
 */
final class Bucket {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Optional<String> caller;
    private final SearchLimit limit;
    private final long capacity;
    private long credit;
    private long filledAt;

    private long refused;
    private boolean hasTold;
    private long toldAt;

    /** @param caller whose; empty for everybody's */
    Bucket(Optional<String> caller, SearchLimit limit, long now) {
        this.caller = caller;
        this.limit = limit;
        this.capacity = limit.nanosEach() * limit.burst();
        this.credit = capacity;
        this.filledAt = now;
    }

    /** How many searches were refused. */
    record Report(Optional<String> caller, long refused) {}

    boolean has(int searches, long now) {
        if (searches > limit.burst()) {
            throw new IllegalArgumentException("a batch of " + searches + " probes never comes through a limit of "
                    + limit.burst() + " searches at once: make it smaller");
        }
        long since = now - filledAt;
        filledAt = now;
        credit = since >= capacity - credit ? capacity : credit + since;
        return credit >= limit.nanosEach() * searches;
    }

    void take(int searches) {
        credit -= limit.nanosEach() * searches;
    }

    void refuse(int searches) {
        refused += searches;
    }

    boolean isFull(long now) {
        return now - filledAt >= capacity - credit;
    }

    /** What is to be told now. */
    Optional<Report> due(long now) {
        return !hasTold || now - toldAt >= MINUTE ? rest(now) : Optional.empty();
    }

    /** What was not told yet. */
    Optional<Report> rest(long now) {
        if (refused == 0) {
            return Optional.empty();
        }
        Report report = new Report(caller, refused);
        refused = 0;
        hasTold = true;
        toldAt = now;
        return Optional.of(report);
    }
}
