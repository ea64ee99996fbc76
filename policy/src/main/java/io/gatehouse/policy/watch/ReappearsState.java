package io.gatehouse.policy.watch;

import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.watch.Pattern.Reappears;
import org.jspecify.annotations.Nullable;

/** Somebody who was not seen for long. For this everybody who was ever seen has to be remembered. */
final class ReappearsState extends RuleState {
    private static final long NANOS_A_DAY = 86_400_000_000_000L;

    private final long unseen;

    ReappearsState(WatchRule rule, Reappears pattern, Places places, Findings findings, int slot) {
        super(rule, places, findings, slot);
        this.unseen = pattern.unseen().toNanos();
    }

    @Override
    void see(Sighting sighting, @Nullable Tracked who) {
        if (who == null || who.lastSeen == Tracked.NEVER || !sighting.shows()) {
            return;
        }
        long absent = sighting.at() - who.lastSeen;
        if (absent >= unseen && reach.matches(sighting)) {
            findings.tell(
                    rule,
                    sighting,
                    Reason.format(
                            "watch.reappeared",
                            "Somebody who was not seen for %d days shows up: see that they may still come.",
                            absent / NANOS_A_DAY));
        }
    }

    @Override
    long remembers() {
        return Long.MAX_VALUE;
    }
}
