package io.gatehouse.policy.watch;

import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.permit.rule.Schedule;
import io.gatehouse.policy.watch.Pattern.OutsideHours;
import io.gatehouse.policy.watch.Pattern.Reported;
import io.gatehouse.policy.watch.WatchEvent.Meaning;
import java.time.ZoneId;

/** A rule that looks at one event by itself and so needs neither order nor memory. */
final class Immediate {
    private final WatchRule rule;
    private final Reach reach;
    private final ZoneId timeZone;
    private final Findings findings;

    Immediate(WatchRule rule, Places places, Findings findings) {
        this.rule = rule;
        this.reach = new Reach(rule, places);
        this.timeZone = places.site().timeZone();
        this.findings = findings;
    }

    static boolean is(Pattern pattern) {
        return pattern instanceof OutsideHours || pattern instanceof Reported;
    }

    void see(Sighting sighting) {
        if (rule.pattern() instanceof OutsideHours pattern) {
            Schedule hours = pattern.hours();
            if (sighting.is(Meaning.PASSED)
                    && reach.matches(sighting)
                    && !hours.holdsAt(Sighting.instant(sighting.at()), timeZone)) {
                findings.tell(
                        rule,
                        sighting,
                        Reason.of("watch.outside-hours", "Somebody passed outside the hours: see that they may."));
            }
        } else if (rule.pattern() instanceof Reported pattern
                && pattern.kinds().contains(sighting.event().kind())
                && reach.matches(sighting)) {
            findings.tell(
                    rule,
                    sighting,
                    Reason.format(
                            "watch.reported",
                            "%s was recorded: look after it.",
                            sighting.event().kind()));
        }
    }
}
