package io.gatehouse.policy.watch;

import io.gatehouse.core.reason.Reason;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is in a rule's zones, in the order in which they came in. */
abstract class StayState extends RuleState {
    final Map<Tracked, Long> inside = new LinkedHashMap<>();
    final Places places;

    StayState(WatchRule rule, Places places, Findings findings, int slot) {
        super(rule, places, findings, slot);
        this.places = places;
    }

    @Override
    void see(Sighting sighting, @Nullable Tracked who) {
        if (who == null || !sighting.moves()) {
            return;
        }
        boolean wasInside = who.memory[slot] != null;
        boolean isInside = reach.isInside(sighting.zone());
        if (wasInside && !isInside) {
            who.memory[slot] = null;
            inside.remove(who);
        } else if (!wasInside && isInside && reach.matches(sighting.event().subject())) {
            who.memory[slot] = true;
            inside.put(who, sighting.at());
        }
    }

    @Override
    void forget(Tracked who) {
        inside.remove(who);
    }

    void tell(Tracked who, long at, Reason reason) {
        findings.tell(rule, who, places.code(who.zone), at, reason);
    }

    /** Longer than they may; whom it was told of is taken off the list until they come in again. */
    static final class Over extends StayState {
        private final long longest;

        Over(WatchRule rule, Pattern.Overstay pattern, Places places, Findings findings, int slot) {
            super(rule, places, findings, slot);
            this.longest = pattern.longest().toNanos();
        }

        @Override
        void clock(long before) {
            Iterator<Map.Entry<Tracked, Long>> eldest = inside.entrySet().iterator();
            while (eldest.hasNext()) {
                Map.Entry<Tracked, Long> stay = eldest.next();
                long due = stay.getValue() + longest;
                if (due >= before) {
                    return;
                }
                eldest.remove();
                tell(
                        stay.getKey(),
                        due,
                        Reason.format(
                                "watch.overstay",
                                "Somebody stays longer than %d min: look after them.",
                                longest / 60_000_000_000L));
            }
        }
    }

    /** Still there at a time of the day. */
    static final class Missing extends StayState {
        private final LocalTime by;
        private final long unseen;
        private final ZoneId timeZone;
        private @Nullable LocalDate next;
        private long due = Long.MIN_VALUE;

        Missing(WatchRule rule, Pattern.MissingExit pattern, Places places, Findings findings, int slot) {
            super(rule, places, findings, slot);
            this.by = pattern.by();
            this.unseen = pattern.unseen().toNanos();
            this.timeZone = places.site().timeZone();
        }

        @Override
        void clock(long before) {
            if (due >= before) {
                return;
            }
            LocalDate day = next;
            if (day == null) {
                day = LocalDateTime.ofInstant(Sighting.instant(before), timeZone)
                        .toLocalDate();
                day = due(day) < before ? day.plusDays(1) : day;
            }
            for (due = due(day); due < before; due = due(day)) {
                tellOfAll(due);
                // Days on which nobody is there, a year of them after a pause, need no looking at.
                day = inside.isEmpty() ? lastBefore(before, day).plusDays(1) : day.plusDays(1);
            }
            next = day;
        }

        private LocalDate lastBefore(long before, LocalDate day) {
            LocalDate last = LocalDateTime.ofInstant(Sighting.instant(before), timeZone)
                    .toLocalDate()
                    .minusDays(1);
            return last.isAfter(day) ? last : day;
        }

        private long due(LocalDate day) {
            return Sighting.nanos(day.atTime(by).atZone(timeZone).toInstant());
        }

        private void tellOfAll(long at) {
            for (Tracked who : inside.keySet()) {
                if (at - who.lastSeen >= unseen) {
                    tell(
                            who,
                            at,
                            Reason.format(
                                    "watch.missing-exit",
                                    "Somebody has not left by %s: look for them, or correct where they are.",
                                    by));
                }
            }
        }
    }
}
