package io.gatehouse.core.presence;

import io.gatehouse.core.gate.Confirmation.Verdict;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEntry.Outline;
import io.gatehouse.core.ledger.LedgerException;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.presence.Place.Naming;
import io.gatehouse.core.presence.Zones.Zone;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
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
 *
 * <p>Outlines tell no names. Those of who is inside are asked for after many of them; but from the first movement of
 * somebody without a pseudonym on it matters who else has no name, and then they are asked for before.
 */
final class Crowd {
    final Roster people = new Roster();
    final Zones zones;
    final Anomalies anomalies;
    Instant newest = Instant.EPOCH;
    /** Whether entries are counted by who has no name. */
    boolean namesMatter;

    private final PresenceOptions options;
    private final Pairing pairing;
    private int peopleAfterSweep = 1_000;

    Crowd(PresenceOptions options) {
        this.options = options;
        this.zones = new Zones(options);
        this.anomalies = new Anomalies(options.maxAnomalies());
        this.pairing = new Pairing(options);
    }

    /** Applies an entry; false, and nothing is applied, if the names of {@link #lacking} have to be told first. */
    boolean apply(Outline entry) {
        boolean isCorrection = entry.kind().equals(PresenceCorrection.KIND);
        boolean isDoubt = isOutcome(entry, Crowd::isUnknown);
        if (entry.zone().isEmpty() || !(isCorrection || isDoubt || isMovement(entry))) {
            return true;
        }
        ZoneCode to = entry.zone().get();
        Instant at = entry.occurredAt();
        boolean isAhead = at.isAfter(entry.recordedAt().plus(options.clockTolerance()));
        at = isAhead ? entry.recordedAt() : at;
        boolean isTooLate = at.isBefore(oldest());
        String key = Roster.key(entry);
        boolean isCount = isCorrection && PresenceCorrection.isCount(entry.facts());
        if (!isTooLate && lacksNames(entry, isCount ? null : key)) {
            return false;
        }
        if (isAhead) {
            anomalies.report(Anomaly.Kind.CLOCK_AHEAD, entry, to);
        }
        if (at.isAfter(newest)) {
            newest = at;
        }
        if (isTooLate) {
            anomalies.report(Anomaly.Kind.TOO_LATE, entry, to);
        } else if (isCount) {
            setAnonymous(entry, to, at);
        } else if (isDoubt) {
            doubt(entry, key, to, at);
        } else if (key != null) {
            move(entry, key, to, at, isCorrection);
        } else {
            moveSomebody(entry, to, at);
        }
        return true;
    }

    private static boolean isMovement(Outline entry) {
        return entry.kind().equals(EventKind.PASSAGE) || isOutcome(entry, Crowd::isPassed);
    }

    private static boolean isOutcome(Outline entry, Predicate<Map<String, String>> facts) {
        return entry.kind().equals(EventKind.OUTCOME) && facts.test(entry.facts());
    }

    /** By what counts as proof at that gate where it says so, else by the door's answer. */
    private static boolean isPassed(Map<String, String> facts) {
        String verdict = facts.get(Verdict.FACT);
        return verdict == null
                ? "done".equals(facts.get("actuation"))
                : verdict.equals(Verdict.CONFIRMED.word()) || verdict.equals(Verdict.ASSUMED.word());
    }

    private static boolean isUnknown(Map<String, String> facts) {
        String verdict = facts.get(Verdict.FACT);
        return verdict == null ? "no-answer".equals(facts.get("actuation")) : verdict.equals(Verdict.UNKNOWN.word());
    }

    private Instant oldest() {
        return newest.minus(options.lateness());
    }

    /** Whether it depends on somebody's name that was not asked for yet what an entry does. */
    private boolean lacksNames(Outline entry, @Nullable String key) {
        if (key == null) {
            namesMatter = true;
            return !lacking().isEmpty();
        }
        return namesMatter && place(entry, key).naming == Naming.UNASKED;
    }

    /** Who moved and whose name was not asked for yet, as far as it matters: what they go by, and an entry that tells. */
    Map<String, Long> lacking() {
        Map<String, Long> asks = new LinkedHashMap<>();
        people.unasked().forEach((key, place) -> {
            if (namesMatter || place.mayBeInside() || key.startsWith(Roster.UNKNOWN)) {
                asks.put(key, place.index);
            }
        });
        return asks;
    }

    /** As {@link #lacking}, and of whom anomalies are. */
    Map<String, Long> lackingAnywhere() {
        Map<String, Long> asks = lacking();
        anomalies.addUnasked(asks, people);
        return asks;
    }

    private void move(Outline entry, String key, ZoneCode to, Instant at, boolean isCorrection) {
        Place place = place(entry, key);
        if (at.isBefore(place.since)) {
            anomalies.report(Anomaly.Kind.LATE, entry, to);
            return;
        }
        ZoneCode from = place.zone;
        if (!isCorrection) {
            Anomaly.Kind unpaired = pairing.unpaired(entry, place, to);
            if (unpaired != null) {
                anomalies.report(unpaired, entry, to);
            }
        }
        place.moved(to, at, entry.index());
        if (!from.equals(to)) {
            zones.change(from, at, place.naming, -1);
            zones.change(to, at, place.naming, 1);
        }
    }

    /** A door that said nothing: they may have gone where it leads to, or not. */
    private void doubt(Outline entry, @Nullable String key, ZoneCode to, Instant at) {
        Place place = key == null ? null : place(entry, key);
        if (place != null && at.isBefore(place.since)) {
            anomalies.report(Anomaly.Kind.LATE, entry, to);
            return;
        }
        anomalies.report(Anomaly.Kind.NO_ANSWER, entry, to);
        if (place != null) {
            place.mayHaveMoved(to, at, entry.index());
        }
    }

    /** The person's place, with their name if the entry says it. */
    private Place place(Outline entry, String key) {
        Place place = people.get(key);
        if (place == null) {
            sweep();
            place = new Place(ZoneCode.OUTSIDE, Place.NEVER);
            place.index = entry.index();
            people.put(key, place);
        }
        if (entry.person().isPresent()) {
            if (!entry.person().get().equals(place.person)) {
                name(key, place, entry.person().get());
            }
        } else if (place.naming == Naming.UNASKED) {
            people.unasked().put(key, place);
        }
        return place;
    }

    /** Takes the names that entries tell of who was asked for. */
    void tell(Map<String, LedgerEntry> answers) throws LedgerException {
        for (Map.Entry<String, LedgerEntry> each : answers.entrySet()) {
            String key = each.getKey();
            LedgerEntry entry = each.getValue();
            Place place = people.get(key);
            String told = Roster.key(entry.pseudonym(), entry.event().person());
            if (key.startsWith(Roster.UNKNOWN)) {
                if (place != null) {
                    recognise(key, place, told);
                }
            } else if (!key.equals(told)) {
                throw new LedgerException("what presence has seen is not of this ledger: entry " + entry.index()
                        + " is of somebody else");
            }
            if (place != null && told != null && place.naming == Naming.UNASKED) {
                entry.event().person().ifPresentOrElse(person -> name(told, place, person), () -> unname(place));
            }
            people.unasked().remove(key);
        }
    }

    /** Who was read from a snapshot of a ledger without pseudonyms; without a name they are one of the anonymous. */
    private void recognise(String key, Place place, @Nullable String told) {
        people.places().remove(key);
        if (told != null) {
            people.put(told, place);
            return;
        }
        Zone zone = zones.get(place.zone);
        if (zone != null) {
            zone.add(Naming.UNASKED, -1);
            zone.anonymous++;
        }
    }

    /** The last names that can be told for now; whoever moves again is asked for then. */
    void tellAnywhere(Map<String, LedgerEntry> answers) throws LedgerException {
        tell(answers);
        anomalies.tell(answers, people);
        people.unasked().clear();
    }

    /** Somebody has one name; who has another pseudonym now was shredded and renewed, and is told by the new one. */
    private void name(String key, Place place, PersonId person) {
        Place before = people.get(person);
        if (before != null && before != place) {
            unname(before);
        }
        Naming was = place.naming;
        people.name(key, place, person);
        zones.rename(place.zone, was, Naming.NAMED);
    }

    private void unname(Place place) {
        Naming was = place.naming;
        people.unname(place);
        zones.rename(place.zone, was, Naming.NAMELESS);
    }

    /** Somebody whose name is gone: only how many there are can be kept right. */
    private void moveSomebody(Outline entry, ZoneCode to, Instant at) {
        ZoneCode source = pairing.source(entry);
        if (source == null && to.equals(ZoneCode.OUTSIDE)) {
            source = zones.fullestOfUnnamed();
        }
        if (source != null && !source.equals(ZoneCode.OUTSIDE)) {
            Zone from = zones.get(source);
            if (from != null && from.unnamed() > 0) {
                zones.changeAnonymous(source, at, -1);
            } else {
                anomalies.report(Anomaly.Kind.ANONYMOUS_UNPAIRED, entry, to);
            }
        } else if (source == null && to.equals(ZoneCode.OUTSIDE)) {
            anomalies.report(Anomaly.Kind.ANONYMOUS_UNPAIRED, entry, to);
        }
        zones.changeAnonymous(to, at, 1);
    }

    private void setAnonymous(Outline entry, ZoneCode zone, Instant at) {
        Integer wanted = PresenceCorrection.count(entry.facts());
        if (wanted == null) {
            anomalies.report(Anomaly.Kind.UNREADABLE, entry, zone);
            return;
        }
        Zone counted = zones.get(zone);
        zones.changeAnonymous(zone, at, wanted - (counted == null ? 0 : counted.unnamed()));
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
        anomalies.forget(person);
        return place != null;
    }
}
