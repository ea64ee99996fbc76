package io.gatehouse.policy.watch;

import io.gatehouse.core.gate.Confirmation.Verdict;
import io.gatehouse.core.identity.Directory;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEntry.Outline;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.presence.PresenceCorrection;
import io.gatehouse.policy.watch.WatchEvent.Meaning;
import io.gatehouse.policy.watch.WatchEvent.Subject;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of the outlines of entries. Names are opened only where a rule depends on them, once for each pseudonym; who
 * was shredded is followed without kind and groups. Not thread-safe.
 */
final class EventReader {
    private static final int MAX_NAMES = 100_000;

    private final Ledger ledger;
    private final Directory directory;
    private final boolean needsPeople;
    private final Map<PortalId, Portal> portals = new HashMap<>();
    private final Set<EventKind> reported = new HashSet<>();
    private final Map<String, Optional<PersonId>> names = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<PersonId>> eldest) {
            return size() > MAX_NAMES;
        }
    };

    EventReader(Ledger ledger, Directory directory, Site site, WatchRules rules, boolean needsPeople) {
        this.ledger = ledger;
        this.directory = directory;
        this.needsPeople = needsPeople;
        site.portals().forEach(portal -> portals.put(portal.id(), portal));
        for (WatchRule rule : rules.rules()) {
            if (rule.pattern() instanceof Pattern.Reported it) {
                reported.addAll(it.kinds());
            }
        }
    }

    /** The event of an entry; empty if it means nothing to rules. */
    Optional<WatchEvent> read(Outline entry) throws IOException {
        Meaning meaning = meaning(entry);
        if (meaning == null) {
            return Optional.empty();
        }
        Optional<ZoneCode> zone = meaning == Meaning.REFUSED ? destination(entry) : entry.zone();
        return Optional.of(new WatchEvent(
                entry.index(),
                entry.occurredAt(),
                entry.recordedAt(),
                meaning,
                entry.kind(),
                subject(entry),
                entry.portal(),
                zone));
    }

    private @Nullable Meaning meaning(Outline entry) {
        EventKind kind = entry.kind();
        Map<String, String> facts = entry.facts();
        if (kind.equals(EventKind.DECISION)) {
            return "denied".equals(facts.get("decision")) ? Meaning.REFUSED : null;
        }
        boolean leads = entry.zone().isPresent();
        if (leads && (kind.equals(EventKind.PASSAGE) || (kind.equals(EventKind.OUTCOME) && isPassed(facts)))) {
            return Meaning.PASSED;
        }
        if (leads && kind.equals(PresenceCorrection.KIND) && "moved".equals(facts.get("correction"))) {
            return Meaning.MOVED;
        }
        return reported.contains(kind) ? Meaning.REPORT : null;
    }

    /** By what counts as proof at that gate where it says so, else by the door's answer. */
    private static boolean isPassed(Map<String, String> facts) {
        String verdict = facts.get(Verdict.FACT);
        return verdict == null
                ? "done".equals(facts.get("actuation"))
                : verdict.equals(Verdict.CONFIRMED.word()) || verdict.equals(Verdict.ASSUMED.word());
    }

    /** Where somebody wanted to go who was not let in. */
    private Optional<ZoneCode> destination(Outline entry) {
        Portal portal = entry.portal().map(portals::get).orElse(null);
        if (portal == null) {
            return entry.zone();
        }
        boolean isExit = "exit".equals(entry.facts().get("direction"));
        return Optional.of(portal.destination(isExit ? Direction.EXIT : Direction.ENTRY));
    }

    private Optional<Subject> subject(Outline entry) throws IOException {
        Optional<String> key = entry.pseudonym().or(() -> entry.person().map(PersonId::value));
        if (key.isEmpty()) {
            return Optional.empty();
        }
        if (!needsPeople) {
            return Optional.of(Subject.of(key.get()));
        }
        Optional<Person> person = name(key.get(), entry).flatMap(directory::find);
        return Optional.of(new Subject(
                key.get(), person.map(Person::kind), person.map(Person::groups).orElse(Set.of())));
    }

    private Optional<PersonId> name(String key, Outline entry) throws IOException {
        if (entry.person().isPresent()) {
            return entry.person();
        }
        Optional<PersonId> known = names.get(key);
        if (known == null) {
            List<LedgerEntry> opened = ledger.entries(entry.index(), 1);
            known = opened.isEmpty() ? Optional.empty() : opened.get(0).event().person();
            names.put(key, known);
        }
        return known;
    }
}
