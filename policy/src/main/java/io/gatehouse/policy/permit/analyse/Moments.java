package io.gatehouse.policy.permit.analyse;

import io.gatehouse.policy.permit.rule.Rule;
import io.gatehouse.policy.permit.rule.Schedule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The dates that are looked at, cut wherever any rule's hours may begin or end: between two cuts nothing changes, so that the
 * moment of a cut stands for all until the next, whatever the clocks do. Not thread-safe.
 */
final class Moments {
    private static final int MOST = 200_000;

    private final ZoneId siteTime;
    private final Instant end;
    private final List<Instant> cuts;
    private final Map<Schedule, BitSet> bits = new HashMap<>();

    Moments(ZoneId siteTime, List<Rule> rules, AnalysisOptions options) {
        this.siteTime = siteTime;
        Instant start = options.first().atStartOfDay(siteTime).toInstant();
        this.end =
                options.first().plusDays(options.days()).atStartOfDay(siteTime).toInstant();
        Map<ZoneId, Set<LocalTime>> times = new HashMap<>();
        for (Rule rule : rules) {
            Set<LocalTime> own = times.computeIfAbsent(rule.when().timeZone().orElse(siteTime), it -> new TreeSet<>());
            own.add(LocalTime.MIDNIGHT);
            rule.when().hours().forEach(range -> own.addAll(List.of(range.start(), range.end())));
        }
        TreeSet<Instant> all = new TreeSet<>(Set.of(start));
        times.forEach((zone, own) -> addCuts(all, zone, own, start));
        this.cuts = List.copyOf(all.subSet(start, end));
    }

    private void addCuts(Set<Instant> all, ZoneId zone, Set<LocalTime> times, Instant start) {
        LocalDate last = LocalDate.ofInstant(end, zone).plusDays(1);
        for (LocalDate date = LocalDate.ofInstant(start, zone); date.isBefore(last); date = date.plusDays(1)) {
            for (LocalTime time : times) {
                LocalDateTime wallClock = date.atTime(time);
                for (ZoneOffset offset : zone.getRules().getValidOffsets(wallClock)) {
                    all.add(wallClock.toInstant(offset));
                }
            }
            if (all.size() > MOST) {
                throw new IllegalArgumentException("the rules' hours begin and end more than " + MOST
                        + " times in the days to look at: look at fewer days");
            }
        }
        ZoneOffsetTransition jump = zone.getRules().nextTransition(start);
        while (jump != null && jump.getInstant().isBefore(end)) {
            all.add(jump.getInstant());
            jump = zone.getRules().nextTransition(jump.getInstant());
        }
    }

    /** The cuts after which a schedule holds. */
    BitSet of(Schedule schedule) {
        return bits.computeIfAbsent(schedule, it -> {
            BitSet holds = new BitSet(cuts.size());
            for (int i = 0; i < cuts.size(); i++) {
                holds.set(i, it.holdsAt(cuts.get(i), siteTime));
            }
            return holds;
        });
    }

    /** Whether a schedule holds at any time after the dates that are looked at. */
    boolean opensLater(Schedule schedule) {
        return schedule.nextOpening(end, siteTime).isPresent();
    }
}
