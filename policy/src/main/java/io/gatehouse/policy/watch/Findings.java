package io.gatehouse.policy.watch;

import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.watch.WatchEvent.Subject;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Tells what was found. */
final class Findings {
    private final Consumer<? super Finding> sink;

    Findings(Consumer<? super Finding> sink) {
        this.sink = sink;
    }

    /** Found by an event, of whom it is about. */
    void tell(WatchRule rule, Sighting by, Reason reason) {
        tell(rule, by, by.event().subject().map(Subject::key), reason);
    }

    /** Found by an event, of the place and not of who was there. */
    void tellOfPlace(WatchRule rule, Sighting by, Reason reason) {
        tell(rule, by, Optional.empty(), reason);
    }

    private void tell(WatchRule rule, Sighting by, Optional<String> subject, Reason reason) {
        WatchEvent event = by.event();
        sink.accept(new Finding(
                rule.id(),
                rule.severity(),
                reason,
                Sighting.instant(by.at()),
                OptionalLong.of(event.index()),
                subject,
                event.portal(),
                event.zone()));
    }

    /** Found by the clock, of somebody. */
    void tell(WatchRule rule, Tracked who, ZoneCode zone, long at, Reason reason) {
        sink.accept(new Finding(
                rule.id(),
                rule.severity(),
                reason,
                Sighting.instant(at),
                OptionalLong.of(who.lastEntry),
                Optional.of(who.key),
                Optional.empty(),
                Optional.of(zone)));
    }

    /** Found by the watch about itself. */
    void tellOwn(
            String what, Severity severity, long at, Optional<PortalId> portal, OptionalLong entry, Reason reason) {
        sink.accept(new Finding(
                WatchRule.OWN + what,
                severity,
                reason,
                Sighting.instant(at),
                entry,
                Optional.empty(),
                portal,
                Optional.empty()));
    }
}
