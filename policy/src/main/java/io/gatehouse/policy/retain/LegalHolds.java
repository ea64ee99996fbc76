package io.gatehouse.policy.retain;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.keep.KeptItem;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps legal holds, sealed, in a table of its own. Thread-safe. Placing and lifting are recorded before they are in force:
 * if that fails, an {@link IOException} says so and nothing changed. Must not be called within a work of the same store.
 */
public final class LegalHolds implements HeldData {
    /** In the ledger: data are held from now on. */
    public static final EventKind PLACED = EventKind.of("retain.hold-placed");

    /** In the ledger: they are held no longer. */
    public static final EventKind LIFTED = EventKind.of("retain.hold-lifted");

    private final Store store;
    private final HoldTables tables;
    private final EventSink ledger;
    private final InstantSource clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private LegalHolds(Store store, HoldTables tables, EventSink ledger, InstantSource clock) {
        this.store = store;
        this.tables = tables;
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Brings the table up to date. */
    public static LegalHolds create(Store store, Vault vault, EventSink ledger, InstantSource clock)
            throws IOException {
        store.migrate(HoldTables.ROOM, HoldTables.SCRIPTS);
        return new LegalHolds(store, new HoldTables(Objects.requireNonNull(vault, "vault")), ledger, clock);
    }

    /** Holds data from now on. */
    public void place(LegalHold hold) throws IOException {
        byte[] sealed = tables.seal(hold);
        ledger.take(placed(hold));
        store.write(connection -> HoldTables.insert(connection, hold, sealed));
    }

    private static LedgerEvent placed(LegalHold hold) {
        LedgerEvent.Builder event = LedgerEvent.builder(PLACED, hold.placedAt())
                .id(hold.id())
                .fact("hold", hold.id().toString())
                .fact("about", hold.person().isPresent() ? "person" : "data")
                .person(hold.person().orElse(hold.owner()))
                .personalFact("owner", hold.owner().value())
                .personalFact("reason", hold.reason());
        hold.dataClass().ifPresent(data -> event.fact("data-class", data.value()));
        hold.place().ifPresent(place -> event.fact("place", place));
        hold.from().ifPresent(from -> event.fact("from", from.toString()));
        hold.until().ifPresent(until -> event.fact("until", until.toString()));
        hold.endsAt().ifPresent(end -> event.fact("ends", end.toString()));
        return event.build();
    }

    /**
     * Lifts a hold, and tells the listeners.
     *
     * @throws IllegalArgumentException if there is none of this id in force
     */
    public void lift(UUID id, PersonId by, String reason) throws IOException {
        LegalHold hold = inForce().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no hold " + id + " in force"));
        Instant now = Instant.ofEpochMilli(clock.millis());
        ledger.take(LedgerEvent.builder(LIFTED, now)
                .fact("hold", id.toString())
                .person(hold.person().orElse(hold.owner()))
                .personalFact("by", by.value())
                .personalFact("reason", reason)
                .build());
        store.write(connection -> HoldTables.lift(connection, id, now));
        listeners.forEach(Runnable::run);
    }

    /** Called when a hold was lifted, on the thread that lifts; for what waited for that, such as withdrawn consents. */
    public void onLifted(Runnable listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
    }

    /** The holds in force, oldest first. */
    public List<LegalHold> inForce() throws IOException {
        Instant now = clock.instant();
        return tables.open(store.read(HoldTables::notLifted)).stream()
                .filter(hold -> !hold.isOverAt(now))
                .toList();
    }

    /** Those among items that are held now. */
    List<KeptItem> held(DataClass dataClass, List<KeptItem> items) throws IOException {
        List<LegalHold> holds = inForce();
        return items.stream()
                .filter(item -> holds.stream().anyMatch(hold -> hold.covers(dataClass, item)))
                .toList();
    }

    @Override
    public boolean holds(PersonId person, DataClass dataClass) {
        try {
            return inForce().stream().anyMatch(hold -> hold.mayCover(dataClass, Optional.of(person)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Does again what an entry says that this copy of the database may lack, such as one that a restore handed over as
     * missing; others are passed over. Do so before anything is purged. Where the entry's person was shredded since, a hold
     * about a person holds everybody's data instead, for nobody can tell whose.
     *
     * @return true if something changed
     */
    public boolean replay(LedgerEntry entry) throws IOException {
        LedgerEvent event = entry.event();
        Map<String, String> facts = event.facts();
        if (event.kind().equals(PLACED)) {
            LegalHold hold = hold(event, facts);
            byte[] sealed = tables.seal(hold);
            return store.<Boolean>write(connection ->
                    !HoldTables.isKnown(connection, hold.id()) && HoldTables.insert(connection, hold, sealed) == 1);
        }
        if (event.kind().equals(LIFTED)) {
            UUID id = UUID.fromString(facts.getOrDefault("hold", ""));
            return store.<Boolean>write(connection -> HoldTables.lift(connection, id, event.occurredAt()) == 1);
        }
        return false;
    }

    private static LegalHold hold(LedgerEvent event, Map<String, String> facts) {
        PersonId unknown = PersonId.of("unknown");
        boolean isAboutPerson = "person".equals(facts.get("about"));
        Map<String, String> personal = event.personalFacts();
        return new LegalHold(
                UUID.fromString(facts.getOrDefault("hold", "")),
                isAboutPerson ? event.person() : Optional.empty(),
                Optional.ofNullable(facts.get("data-class")).map(DataClass::of),
                Optional.ofNullable(facts.get("place")),
                Optional.ofNullable(facts.get("from")).map(Instant::parse),
                Optional.ofNullable(facts.get("until")).map(Instant::parse),
                personal.getOrDefault("reason", "placed before a restore; its reason was shredded"),
                Optional.ofNullable(personal.get("owner")).map(PersonId::of).orElse(unknown),
                event.occurredAt(),
                Optional.ofNullable(facts.get("ends")).map(Instant::parse));
    }
}
