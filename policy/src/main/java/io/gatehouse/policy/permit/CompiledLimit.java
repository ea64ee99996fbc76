package io.gatehouse.policy.permit;

import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.permit.facts.Facts;
import io.gatehouse.policy.permit.facts.SiteFacts;
import io.gatehouse.policy.permit.rule.Limit;
import io.gatehouse.policy.permit.rule.Limit.OffLine;
import io.gatehouse.policy.permit.rule.Limit.Passback.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A limit with the ways that enter its zone. Immutable and thread-safe; asks without allocating. */
final class CompiledLimit {
    private static final long NANOS = 1_000_000_000L;
    /** More seconds than any period has; their nanoseconds still fit. */
    private static final long LONGEST = Duration.ofDays(367).toSeconds();

    private final ZoneCode zone;
    private final OffLine offLine;
    private final boolean[] entering;
    private final int bit;
    private final int most;
    private final boolean onlyMarks;
    private final boolean counts;
    private final long withinNanos;
    private final int[] exempt;

    CompiledLimit(Limit limit, Ground ground, GroupNumbers groups) {
        this.zone = limit.zone();
        this.offLine = limit.offLine();
        this.entering = new boolean[ground.ways()];
        for (int way = 0; way < entering.length; way++) {
            entering[way] = ground.enters(way, zone);
        }
        Condition condition = limit.fold(it -> Condition.OCCUPANCY, it -> Condition.PASSBACK, it -> Condition.COUNT);
        this.bit = condition.bit();
        this.most = limit.fold(Limit.Occupancy::most, it -> 1, Limit.Count::most);
        this.onlyMarks = limit.fold(it -> false, it -> it.mode() == Mode.SOFT, it -> false);
        this.counts = limit.fold(it -> false, it -> it.mode() == Mode.TIMED, it -> true);
        Duration within = limit.fold(it -> Duration.ZERO, Limit.Passback::within, Limit.Count::within);
        this.withinNanos = within.toNanos();
        this.exempt = limit.fold(it -> new int[0], it -> groups.ofAny("", it.exempt()), it -> new int[0]);
    }

    /** Its bit if it is reached, or 0. */
    int unmet(Facts facts, int way) {
        if (way < 0 || !entering[way] || onlyMarks || Extra.isInAny(facts.subject(), exempt)) {
            return 0;
        }
        if (facts.offLine() && offLine != OffLine.LOCAL) {
            return offLine == OffLine.DENY ? bit : 0;
        }
        return isReached(facts.site(), facts.at()) ? bit : 0;
    }

    private boolean isReached(SiteFacts site, Instant at) {
        if (bit == Condition.OCCUPANCY.bit()) {
            Integer people = site.occupancy().get(zone);
            return people != null && people >= most && !site.inside().contains(zone);
        }
        if (!counts) {
            return site.inside().contains(zone);
        }
        List<Instant> entries = site.entries().get(zone);
        if (entries == null || entries.size() < most) {
            return false;
        }
        int recent = 0;
        for (int i = 0; i < entries.size(); i++) {
            if (isWithin(entries.get(i), at)) {
                recent++;
            }
        }
        return recent >= most;
    }

    /** Whether an entry plus the period lies after this moment. */
    private boolean isWithin(Instant entry, Instant at) {
        long seconds = at.getEpochSecond() - entry.getEpochSecond();
        return seconds < -LONGEST
                || (seconds <= LONGEST && seconds * NANOS + (at.getNano() - entry.getNano()) < withinNanos);
    }
}
