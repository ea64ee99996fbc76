package io.gatehouse.core.presence;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.LedgerException;
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
 * <p>People are told apart by their pseudonyms, which stay when a name is shredded. Entries from while somebody was
 * shredded have neither: then somebody without a name is taken out of the zone that the door leads from, whoever it was,
 * and put into the one it leads to. Such a movement out is a debt of the zone, not of one of those whose names are gone,
 * so that the number stays right whoever of them moves next.
 */
final class Crowd {
    final Roster people = new Roster();
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

    /** How many are in a zone. */
    static final class Zone {
        /** Known by name. */
        int named;
        /** Known by pseudonym only. */
        int nameless;
        /** Known by nothing; less than zero if some of the nameless have left and nothing tells who. */
        int anonymous;

        final ZoneSeries series;

        Zone(ZoneSeries series) {
            this.series = series;
        }

        int unnamed() {
            return nameless + anonymous;
        }

        int count() {
            return named + unnamed();
        }
    }

    void apply(LedgerEntry entry) {
        LedgerEvent event = entry.event();
        boolean isCorrection = event.kind().equals(PresenceCorrection.KIND);
        boolean isDoubt = isOutcome(event, "no-answer");
        if (event.zone().isEmpty() || !(isCorrection || isDoubt || isMovement(event))) {
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
        String key = Roster.key(entry);
        if (at.isBefore(oldest())) {
            report(Anomaly.Kind.TOO_LATE, entry, to);
        } else if (isCorrection && PresenceCorrection.isCount(event)) {
            setAnonymous(entry, to, at);
        } else if (isDoubt) {
            doubt(entry, key, to, at);
        } else if (key != null) {
            move(entry, key, to, at, isCorrection);
        } else {
            moveSomebody(entry, to, at);
        }
    }

    private static boolean isMovement(LedgerEvent event) {
        return event.kind().equals(EventKind.PASSAGE) || isOutcome(event, "done");
    }

    private static boolean isOutcome(LedgerEvent event, String actuation) {
        return event.kind().equals(EventKind.OUTCOME)
                && actuation.equals(event.facts().get("actuation"));
    }

    private Instant oldest() {
        return newest.minus(options.lateness());
    }

    private void move(LedgerEntry entry, String key, ZoneCode to, Instant at, boolean isCorrection) {
        Place place = place(entry, key);
        if (at.isBefore(place.since)) {
            report(Anomaly.Kind.LATE, entry, to);
            return;
        }
        ZoneCode from = place.zone;
        if (!isCorrection) {
            unpaired(entry.event(), place, to).ifPresent(kind -> report(kind, entry, to));
        }
        place.moved(to, at, entry.index());
        if (!from.equals(to)) {
            boolean isNamed = place.person != null;
            change(from, at, isNamed ? -1 : 0, isNamed ? 0 : -1, 0);
            change(to, at, isNamed ? 1 : 0, isNamed ? 0 : 1, 0);
        }
    }

    /** A door that said nothing: they may have gone where it leads to, or not. */
    private void doubt(LedgerEntry entry, @Nullable String key, ZoneCode to, Instant at) {
        Place place = key == null ? null : place(entry, key);
        if (place != null && at.isBefore(place.since)) {
            report(Anomaly.Kind.LATE, entry, to);
            return;
        }
        report(Anomaly.Kind.NO_ANSWER, entry, to);
        if (place != null) {
            place.mayHaveMoved(to, at, entry.index());
        }
    }

    /** The person's place, with their name as far as the entry still says it. */
    private Place place(LedgerEntry entry, String key) {
        Place place = people.get(key);
        if (place == null) {
            sweep();
            place = new Place(ZoneCode.OUTSIDE, Place.NEVER);
            people.put(key, place);
        }
        PersonId person = entry.event().person().orElse(null);
        if (person == null) {
            unname(place);
        } else if (!person.equals(place.person)) {
            name(key, place, person);
        }
        return place;
    }

    /**
     * Gives who was read from a snapshot the name that their entry tells.
     *
     * @param isUnknown whether the entry must tell the key too; if it does not, they are one of the anonymous
     */
    void recognise(String key, LedgerEntry entry, boolean isUnknown) throws LedgerException {
        Place place = people.places().get(key);
        String told = Roster.key(entry);
        if (place == null || (!isUnknown && !key.equals(told))) {
            throw new LedgerException(
                    "the snapshot of presence is not of this ledger: entry " + entry.index() + " is of somebody else");
        }
        if (isUnknown) {
            people.places().remove(key);
            Zone zone = zones.get(place.zone);
            if (told == null && zone != null) {
                zone.nameless--;
                zone.anonymous++;
            }
        }
        if (told != null) {
            people.put(told, place);
            entry.event().person().ifPresent(person -> name(told, place, person));
        }
    }

    /** Somebody has one name; who has another pseudonym now was shredded and renewed, and is told by the new one. */
    void name(String key, Place place, PersonId person) {
        Place before = people.get(person);
        if (before != null && before != place) {
            unname(before);
        }
        boolean wasNamed = place.person != null;
        people.name(key, place, person);
        if (!wasNamed) {
            rename(place.zone, 1);
        }
    }

    private void unname(Place place) {
        if (people.unname(place)) {
            rename(place.zone, -1);
        }
    }

    /** So many more have a name, of those who are there. */
    private void rename(ZoneCode code, int named) {
        Zone zone = zones.get(code);
        if (zone != null) {
            zone.named += named;
            zone.nameless -= named;
        }
    }

    private Optional<Anomaly.Kind> unpaired(LedgerEvent event, Place place, ZoneCode to) {
        Optional<Anomaly.Kind> certain = unpaired(event, place.zone, to);
        ZoneCode maybe = place.maybe;
        return certain.isEmpty() || maybe == null || unpaired(event, maybe, to).isPresent()
                ? certain
                : Optional.empty();
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
            if (from != null && from.unnamed() > 0) {
                change(source, at, 0, 0, -1);
            } else {
                report(Anomaly.Kind.ANONYMOUS_UNPAIRED, entry, to);
            }
        } else if (source == null && to.equals(ZoneCode.OUTSIDE)) {
            report(Anomaly.Kind.ANONYMOUS_UNPAIRED, entry, to);
        }
        change(to, at, 0, 0, 1);
    }

    /** Where an exit of somebody unknown most likely was from, when the door does not say. */
    private @Nullable ZoneCode fullest() {
        return zones.entrySet().stream()
                .filter(zone -> zone.getValue().unnamed() > 0)
                .max(Comparator.comparingInt((Map.Entry<ZoneCode, Zone> zone) ->
                                zone.getValue().unnamed())
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
        change(zone, at, 0, 0, wanted - (counted == null ? 0 : counted.unnamed()));
    }

    private void change(ZoneCode code, Instant at, int named, int nameless, int anonymous) {
        if (code.equals(ZoneCode.OUTSIDE) || (named == 0 && nameless == 0 && anonymous == 0)) {
            return;
        }
        Zone zone = zones.get(code);
        if (zone == null) {
            zone = new Zone(new ZoneSeries(options.maxBuckets()));
            zones.put(code, zone);
        }
        int before = zone.count();
        zone.named += named;
        zone.nameless += nameless;
        // A debt of people who turn out to be others: whoever left was none of those without a name.
        zone.anonymous = Math.max(zone.anonymous + anonymous, -zone.nameless);
        int difference = zone.count() - before;
        if (difference != 0) {
            zone.series.add(step(at), Math.max(difference, 0), Math.max(-difference, 0));
        }
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
            people.removeIf(place -> place.isOutsideSince(oldest));
            peopleAfterSweep = Math.max(people.size(), 1_000);
        }
    }

    /** Takes a person's name away and leaves them counted. */
    boolean forget(PersonId person) {
        Place place = people.get(person);
        if (place != null) {
            unname(place);
        }
        int known = anomalies.size();
        for (int i = 0; i < known; i++) {
            Anomaly anomaly = anomalies.removeFirst();
            boolean isTheirs = anomaly.person().filter(person::equals).isPresent();
            anomalies.addLast(isTheirs ? anomaly.of(Optional.empty()) : anomaly);
        }
        return place != null;
    }
}
