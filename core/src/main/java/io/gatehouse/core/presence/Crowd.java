package io.gatehouse.core.presence;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where everybody is, by the entries so far. Not thread-safe.
 *
 * <p>The rule for many doors: a person is where their latest movement led, by the time it happened, and among equals by
 * the order of the ledger; so entries that come in late or out of order give the same as in order. Whoever is outside is
 * remembered for as long as a movement may be late, and then forgotten.
 *
 * <p>People without a name, whose key was shredded, are numbers: one is taken out of the zone that the door leads from
 * and put into the one it leads to.
 */
final class Crowd {
    final Map<PersonId, Place> people = new HashMap<>();
    final Map<ZoneCode, Zone> zones = new HashMap<>();
    final Deque<Anomaly> anomalies = new ArrayDeque<>();
    final Map<Anomaly.Kind, Long> anomalyCounts = new EnumMap<>(Anomaly.Kind.class);
    Instant newest = Instant.EPOCH;

    private final PresenceOptions options;
    private final Map<PortalId, Portal> portals = new HashMap<>();
    private int peopleAfterSweep = 1_000;

    Crowd(PresenceOptions options) {
        this.options = options;
        options.site().ifPresent(site -> site.portals().forEach(portal -> portals.put(portal.id(), portal)));
    }

    /** Where a person is, or {@link ZoneCode#OUTSIDE}. */
    static final class Place {
        ZoneCode zone;
        Instant since;

        Place(ZoneCode zone, Instant since) {
            this.zone = zone;
            this.since = since;
        }
    }

    /** How many are in a zone. */
    static final class Zone {
        int named;
        int anonymous;
        final ZoneSeries series;

        Zone(ZoneSeries series) {
            this.series = series;
        }

        int count() {
            return named + anonymous;
        }
    }

    void apply(LedgerEntry entry) {
        LedgerEvent event = entry.event();
        boolean isCorrection = event.kind().equals(PresenceCorrection.KIND);
        if (event.zone().isEmpty() || !(isCorrection || isMovement(event))) {
            return;
        }
        ZoneCode to = event.zone().get();
        Instant at = event.occurredAt();
        if (at.isAfter(entry.recordedAt().plus(options.clockTolerance()))) {
            report(Anomaly.Kind.CLOCK_AHEAD, entry, to);
            at = entry.recordedAt();
        }
        if (at.isAfter(newest)) {
            newest = at;
        }
        if (at.isBefore(oldest())) {
            report(Anomaly.Kind.TOO_LATE, entry, to);
        } else if (isCorrection && PresenceCorrection.isCount(event)) {
            setAnonymous(entry, to, at);
        } else if (event.person().isPresent()) {
            move(entry, event.person().get(), to, at, isCorrection);
        } else {
            moveSomebody(entry, to, at);
        }
    }

    private static boolean isMovement(LedgerEvent event) {
        return event.kind().equals(EventKind.PASSAGE)
                || (event.kind().equals(EventKind.OUTCOME)
                        && "done".equals(event.facts().get("actuation")));
    }

    private Instant oldest() {
        return newest.minus(options.lateness());
    }

    private void move(LedgerEntry entry, PersonId person, ZoneCode to, Instant at, boolean isCorrection) {
        Place place = people.get(person);
        if (place != null && at.isBefore(place.since)) {
            report(Anomaly.Kind.LATE, entry, to);
            return;
        }
        ZoneCode from = place == null ? ZoneCode.OUTSIDE : place.zone;
        if (!isCorrection) {
            unpaired(entry.event(), from, to).ifPresent(kind -> report(kind, entry, to));
        }
        if (place == null) {
            people.put(person, new Place(to, at));
            sweep();
        } else {
            place.zone = to;
            place.since = at;
        }
        if (!from.equals(to)) {
            change(from, at, -1, 0);
            change(to, at, 1, 0);
        }
    }

    private Optional<Anomaly.Kind> unpaired(LedgerEvent event, ZoneCode from, ZoneCode to) {
        if (from.equals(to)) {
            // A sensor that confirms what the door said is no second entry.
            return to.equals(ZoneCode.OUTSIDE)
                    ? Optional.of(Anomaly.Kind.EXIT_WITHOUT_ENTRY)
                    : event.kind().equals(EventKind.PASSAGE) ? Optional.empty() : Optional.of(Anomaly.Kind.ENTRY_TWICE);
        }
        ZoneCode source = source(event);
        return source == null || source.equals(from) ? Optional.empty() : Optional.of(Anomaly.Kind.MISSED_PASSAGE);
    }

    /** The zone that the door leads from, if that is known. */
    private @Nullable ZoneCode source(LedgerEvent event) {
        if (event.kind().equals(PresenceCorrection.KIND)) {
            return PresenceCorrection.from(event);
        }
        Portal portal = event.portal().map(portals::get).orElse(null);
        String direction = event.facts().get("direction");
        if (portal == null || direction == null) {
            return null;
        }
        return portal.destination(direction.equals("entry") ? Direction.EXIT : Direction.ENTRY);
    }

    /** Somebody whose name is gone: only how many there are can be kept right. */
    private void moveSomebody(LedgerEntry entry, ZoneCode to, Instant at) {
        ZoneCode source = source(entry.event());
        if (source == null && to.equals(ZoneCode.OUTSIDE)) {
            source = fullest();
        }
        if (source != null && !source.equals(ZoneCode.OUTSIDE)) {
            Zone from = zones.get(source);
            if (from != null && from.anonymous > 0) {
                change(source, at, 0, -1);
            } else {
                report(Anomaly.Kind.ANONYMOUS_UNPAIRED, entry, to);
            }
        } else if (source == null && to.equals(ZoneCode.OUTSIDE)) {
            report(Anomaly.Kind.ANONYMOUS_UNPAIRED, entry, to);
        }
        change(to, at, 0, 1);
    }

    /** Where an exit of somebody unknown most likely was from, when the door does not say. */
    private @Nullable ZoneCode fullest() {
        return zones.entrySet().stream()
                .filter(zone -> zone.getValue().anonymous > 0)
                .max(Comparator.comparingInt((Map.Entry<ZoneCode, Zone> zone) -> zone.getValue().anonymous)
                        .thenComparing(zone -> zone.getKey().value(), Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private void setAnonymous(LedgerEntry entry, ZoneCode zone, Instant at) {
        Integer wanted = PresenceCorrection.count(entry.event());
        if (wanted == null) {
            report(Anomaly.Kind.UNREADABLE, entry, zone);
            return;
        }
        Zone counted = zones.get(zone);
        change(zone, at, 0, wanted - (counted == null ? 0 : counted.anonymous));
    }

    private void change(ZoneCode code, Instant at, int named, int anonymous) {
        int difference = named + anonymous;
        if (code.equals(ZoneCode.OUTSIDE) || difference == 0) {
            return;
        }
        Zone zone = zones.get(code);
        if (zone == null) {
            zone = new Zone(new ZoneSeries(options.maxBuckets()));
            zones.put(code, zone);
        }
        zone.named += named;
        zone.anonymous += anonymous;
        zone.series.add(step(at), Math.max(difference, 0), Math.max(-difference, 0));
    }

    long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), options.bucket().toSeconds());
    }

    private void report(Anomaly.Kind kind, LedgerEntry entry, ZoneCode zone) {
        LedgerEvent event = entry.event();
        anomalyCounts.merge(kind, 1L, Long::sum);
        anomalies.addLast(new Anomaly(kind, entry.index(), event.occurredAt(), event.portal(), zone, event.person()));
        if (anomalies.size() > options.maxAnomalies()) {
            anomalies.removeFirst();
        }
    }

    /** Forgets who is outside for longer than anything can be late. */
    private void sweep() {
        if (people.size() > 2 * peopleAfterSweep) {
            Instant oldest = oldest();
            people.values().removeIf(place -> place.zone.equals(ZoneCode.OUTSIDE) && !place.since.isAfter(oldest));
            peopleAfterSweep = Math.max(people.size(), 1_000);
        }
    }

    /** Takes a person's name away and leaves them counted. */
    boolean forget(PersonId person) {
        Place place = people.remove(person);
        if (place != null && !place.zone.equals(ZoneCode.OUTSIDE)) {
            Zone zone = zones.get(place.zone);
            if (zone != null) {
                zone.named--;
                zone.anonymous++;
            }
        }
        int known = anomalies.size();
        for (int i = 0; i < known; i++) {
            Anomaly anomaly = anomalies.removeFirst();
            boolean isTheirs = anomaly.person().filter(person::equals).isPresent();
            anomalies.addLast(
                    isTheirs
                            ? new Anomaly(
                                    anomaly.kind(),
                                    anomaly.index(),
                                    anomaly.at(),
                                    anomaly.portal(),
                                    anomaly.zone(),
                                    Optional.empty())
                            : anomaly);
        }
        return place != null;
    }
}
