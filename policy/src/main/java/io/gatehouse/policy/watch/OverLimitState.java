package io.gatehouse.policy.watch;

import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.watch.Pattern.OverLimit;
import org.jspecify.annotations.Nullable;

/** How many are in zones. Who is not known is counted as somebody: out of the zone that the portal leads from. */
final class OverLimitState extends RuleState {
    private final Places places;
    private final int most;
    private int known;
    private int unknown;
    private boolean isOver;

    OverLimitState(WatchRule rule, OverLimit pattern, Places places, Findings findings, int slot) {
        super(rule, places, findings, slot);
        this.places = places;
        this.most = pattern.most();
    }

    @Override
    void see(Sighting sighting, @Nullable Tracked who) {
        if (!sighting.moves()) {
            return;
        }
        int from = who == null ? places.otherSide(sighting.portal(), sighting.zone()) : who.zone;
        boolean wasInside = from >= 0 && reach.isInside(from);
        int change = (reach.isInside(sighting.zone()) ? 1 : 0) - (wasInside ? 1 : 0);
        if (who == null) {
            unknown = Math.max(0, unknown + change);
        } else {
            known += change;
        }
        boolean isNowOver = known + unknown > most;
        if (isNowOver && !isOver) {
            findings.tellOfPlace(
                    rule,
                    sighting,
                    Reason.format(
                            "watch.over-limit",
                            "There are %d people where %d may be: close the entrance and ask people to move out.",
                            known + unknown,
                            most));
        }
        isOver = isNowOver;
    }

    @Override
    void forget(Tracked who) {
        known -= reach.isInside(who.zone) ? 1 : 0;
        isOver &= known + unknown > most;
    }
}
