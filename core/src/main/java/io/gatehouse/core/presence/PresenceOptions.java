package io.gatehouse.core.presence;

import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.ZoneCode;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What presence counts by. Immutable and thread-safe.
 *
 * @param site           its zones lie in each other, and its portals tell where somebody came from; without it a zone has
 *                       no sub-zones, and only exits to the outside can be paired
 * @param bucket         the step of the history, from 1 second to 1 day
 * @param maxBuckets     so many steps are kept per zone, the newest; 1 to 1,000,000
 * @param maxAnomalies   so many anomalies are kept, the newest; 1 to 1,000,000
 * @param lateness       how much later than others a movement may arrive and still count: the longest time that a gate is
 *                       expected to be without its ledger; at least 1 minute
 * @param clockTolerance a movement that claims to be this much later than its recording, or more, has the time of its
 *                       recording: a clock that is ahead must not outdo everybody else's
 */
public record PresenceOptions(
        Optional<Site> site,
        Duration bucket,
        int maxBuckets,
        int maxAnomalies,
        Duration lateness,
        Duration clockTolerance) {
    private static final int LIMIT = 1_000_000;

    public PresenceOptions {
        Objects.requireNonNull(site, "site");
        if (bucket.compareTo(Duration.ofSeconds(1)) < 0 || bucket.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("a bucket lasts from 1 second to 1 day, this one " + bucket);
        }
        if (bucket.toNanosPart() != 0) {
            throw new IllegalArgumentException("a bucket lasts whole seconds, this one " + bucket);
        }
        if (maxBuckets < 1 || maxBuckets > LIMIT || maxAnomalies < 1 || maxAnomalies > LIMIT) {
            throw new IllegalArgumentException(
                    "1 to " + LIMIT + " buckets and anomalies are kept, not " + maxBuckets + " and " + maxAnomalies);
        }
        if (lateness.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("lateness is at least 1 minute, not " + lateness);
        }
        if (clockTolerance.isNegative()) {
            throw new IllegalArgumentException("a tolerance is not negative, this one is " + clockTolerance);
        }
    }

    /** No site; 35,040 steps of 15 minutes, which is a year; 1,000 anomalies; 7 days late; 5 minutes ahead. */
    public static PresenceOptions standard() {
        return new PresenceOptions(
                Optional.empty(), Duration.ofMinutes(15), 35_040, 1_000, Duration.ofDays(7), Duration.ofMinutes(5));
    }

    public PresenceOptions withSite(Site value) {
        return new PresenceOptions(Optional.of(value), bucket, maxBuckets, maxAnomalies, lateness, clockTolerance);
    }

    public PresenceOptions withBucket(Duration value) {
        return new PresenceOptions(site, value, maxBuckets, maxAnomalies, lateness, clockTolerance);
    }

    /** Whether a zone is another, or lies in it. */
    boolean isIn(ZoneCode outer, ZoneCode inner) {
        return site.isPresent() ? site.get().contains(outer, inner) : outer.equals(inner);
    }
}
