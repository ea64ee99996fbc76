package io.gatehouse.policy.watch;

import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.watch.WatchEvent.Meaning;
import org.jspecify.annotations.Nullable;

/** So many events of a meaning within a time. */
abstract class CountingState extends RuleState {
    final Meaning meaning;
    final int count;
    final long within;

    CountingState(WatchRule rule, Places places, Findings findings, int slot, Meaning meaning, int count, long within) {
        super(rule, places, findings, slot);
        this.meaning = meaning;
        this.count = count;
        this.within = within;
    }

    boolean isTooOften(RecentTimes times, Sighting sighting) {
        return times.fills(sighting.at(), sighting.at() - within);
    }

    Reason reason() {
        boolean isPassed = meaning == Meaning.PASSED;
        return Reason.format(
                isPassed ? "watch.many-passages" : "watch.refused-often",
                isPassed
                        ? "The same person passed %d times within %d s: look who it is."
                        : "%d refusals within %d s: look what is going on there.",
                count,
                within / 1_000_000_000L);
    }

    /** Of each person. */
    static final class PerPerson extends CountingState {
        PerPerson(WatchRule rule, Places places, Findings findings, int slot, Meaning meaning, int count, long within) {
            super(rule, places, findings, slot, meaning, count, within);
        }

        @Override
        void see(Sighting sighting, @Nullable Tracked who) {
            if (who == null || !sighting.is(meaning) || !reach.matches(sighting)) {
                return;
            }
            RecentTimes times = (RecentTimes) who.memory[slot];
            if (times == null) {
                times = new RecentTimes(count);
                who.memory[slot] = times;
            }
            if (isTooOften(times, sighting)) {
                findings.tell(rule, sighting, reason());
            }
        }

        @Override
        long remembers() {
            return within;
        }
    }

    /** At each portal. */
    static final class PerPortal extends CountingState {
        private final @Nullable RecentTimes[] portals;

        PerPortal(WatchRule rule, Places places, Findings findings, int slot, int count, long within) {
            super(rule, places, findings, slot, Meaning.REFUSED, count, within);
            portals = new RecentTimes[places.portals()];
        }

        @Override
        void see(Sighting sighting, @Nullable Tracked who) {
            if (sighting.portal() < 0 || !sighting.is(meaning) || !reach.matches(sighting)) {
                return;
            }
            RecentTimes times = portals[sighting.portal()];
            if (times == null) {
                times = new RecentTimes(count);
                portals[sighting.portal()] = times;
            }
            if (isTooOften(times, sighting)) {
                findings.tellOfPlace(rule, sighting, reason());
            }
        }
    }
}
