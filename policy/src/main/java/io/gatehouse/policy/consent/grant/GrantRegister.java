package io.gatehouse.policy.consent.grant;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.Vault;
import io.gatehouse.policy.consent.grant.GrantTables.Stored;
import io.gatehouse.policy.internal.sealed.SealedPeople;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps grants in a table of its own, which names nobody, and lets nobody use data but by one. Thread-safe. Each step is
 * recorded before it is in force: a use that cannot be recorded is an {@link IOException} and no use. Must not be called
 * within a work of the same store.
 */
public final class GrantRegister {
    /** What the vault keeps grants under. */
    public static final DataClass RECORDS = DataClass.of("grant-record");

    private static final EventKind GRANTED = EventKind.of("data.granted");
    private static final EventKind ENDED = EventKind.of("data.grant-ended");
    private static final EventKind ACCESSED = EventKind.of("data.accessed");
    private static final EventKind REFUSED = EventKind.of("data.access-refused");

    private final Store store;
    private final SealedPeople people;
    private final EventSink ledger;
    private final InstantSource clock;

    private GrantRegister(Store store, SealedPeople people, EventSink ledger, InstantSource clock) {
        this.store = store;
        this.people = people;
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Brings the table up to date. */
    public static GrantRegister create(Store store, Vault vault, EventSink ledger, InstantSource clock)
            throws IOException {
        store.migrate(GrantTables.ROOM, GrantTables.SCRIPTS);
        return new GrantRegister(store, SealedPeople.of(vault, RECORDS), ledger, clock);
    }

    /** Grants a use from now on; that it was approved is for the caller to know. */
    public DataGrant grant(PersonId holder, Purpose purpose, DataClass dataClass, String what, Instant until)
            throws IOException {
        Instant now = Instant.ofEpochMilli(clock.millis());
        DataGrant grant = new DataGrant(
                UUID.randomUUID(), holder, purpose, dataClass, what, now, Instant.ofEpochMilli(until.toEpochMilli()));
        Stored stored = Stored.of(grant, people.seal(holder, what));
        ledger.take(event(GRANTED, grant, now)
                .fact("until", grant.until().toString())
                .personalFact("what", what)
                .build());
        store.write(connection -> GrantTables.insert(connection, stored));
        return grant;
    }

    /** Ends a grant now; nothing is done if it is over. */
    public void end(UUID id) throws IOException {
        Optional<DataGrant> grant = find(id);
        Instant now = Instant.ofEpochMilli(clock.millis());
        if (grant.isPresent() && now.isBefore(grant.get().until())) {
            ledger.take(event(ENDED, grant.get(), now).build());
            store.write(connection -> GrantTables.end(connection, id, now));
        }
    }

    /**
     * Asks for a use, at each use.
     *
     * @return why not: {@code grant.unknown}, {@code grant.of-another}, {@code grant.other-purpose},
     *     {@code grant.other-data} or {@code grant.over}; empty if they may, and that they did is recorded
     */
    public Optional<Reason> use(UUID id, PersonId holder, Purpose purpose, DataClass dataClass) throws IOException {
        Instant now = Instant.ofEpochMilli(clock.millis());
        Optional<DataGrant> grant = find(id);
        Optional<Reason> refusal = grant.isEmpty()
                ? Optional.of(Reason.of("grant.unknown", "There is no grant of this number: ask for one."))
                : refusal(grant.get(), holder, purpose, dataClass, now);
        LedgerEvent.Builder event = LedgerEvent.builder(refusal.isEmpty() ? ACCESSED : REFUSED, now)
                .person(holder)
                .fact("right", "grant")
                .fact("grant", id.toString())
                .fact("purpose", purpose.value())
                .fact("data-class", dataClass.value());
        refusal.ifPresent(reason -> event.fact("reason", reason.code()));
        ledger.take(event.build());
        return refusal;
    }

    private static Optional<Reason> refusal(
            DataGrant grant, PersonId holder, Purpose purpose, DataClass dataClass, Instant now) {
        if (!grant.holder().equals(holder)) {
            return Optional.of(Reason.of("grant.of-another", "This grant is somebody else's: ask for one."));
        }
        if (!grant.purpose().equals(purpose)) {
            return Optional.of(Reason.format(
                    "grant.other-purpose",
                    "This grant is for %s, not for %s: ask for another.",
                    grant.purpose(),
                    purpose));
        }
        if (!grant.dataClass().equals(dataClass)) {
            return Optional.of(Reason.format(
                    "grant.other-data",
                    "This grant is for %s, not for %s: ask for another.",
                    grant.dataClass(),
                    dataClass));
        }
        return now.isBefore(grant.from()) || !now.isBefore(grant.until())
                ? Optional.of(Reason.format("grant.over", "This grant ended at %s: ask for another.", grant.until()))
                : Optional.empty();
    }

    /** A grant, also one that is over. */
    public Optional<DataGrant> find(UUID id) throws IOException {
        List<DataGrant> found =
                opened(store.read(connection -> GrantTables.rows(connection, "WHERE id = ?", id.toString())));
        return found.stream().findFirst();
    }

    /** What is granted and not over, the first to end first. */
    public List<DataGrant> inForce() throws IOException {
        long now = clock.millis();
        return opened(store.read(
                connection -> GrantTables.rows(connection, "WHERE until_millis > ? ORDER BY until_millis, id", now)));
    }

    private List<DataGrant> opened(List<Stored> stored) throws IOException {
        List<DataGrant> grants = new ArrayList<>();
        for (Stored each : stored) {
            people.open(each.sealed()).map(each::of).ifPresent(grants::add);
        }
        return List.copyOf(grants);
    }

    private static LedgerEvent.Builder event(EventKind kind, DataGrant grant, Instant at) {
        return LedgerEvent.builder(kind, at)
                .person(grant.holder())
                .fact("grant", grant.id().toString())
                .fact("purpose", grant.purpose().value())
                .fact("data-class", grant.dataClass().value());
    }
}
