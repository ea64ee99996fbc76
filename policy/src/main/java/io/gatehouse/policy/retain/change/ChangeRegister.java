package io.gatehouse.policy.retain.change;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.Vault;
import io.gatehouse.policy.internal.sealed.SealedPeople;
import io.gatehouse.policy.retain.change.ChangeTables.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps versions of documents in a table of its own, and puts one in force when another person than its proposer approves,
 * or its proposer does where one is enough. Thread-safe. Each step is recorded before it is in force; if that fails, an
 * {@link IOException} says so and nothing changed. Must not be called within a work of the same store.
 */
public final class ChangeRegister {
    /** What the vault keeps proposers under. */
    public static final DataClass RECORDS = DataClass.of("change-record");

    /** In the ledger: a version was proposed; the entry's person did. */
    public static final EventKind PROPOSED = EventKind.of("change.proposed");

    /** In the ledger: a version is in force from here on; the entry's person approved. */
    public static final EventKind IN_FORCE = EventKind.of("change.in-force");

    private final Store store;
    private final SealedPeople people;
    private final EventSink ledger;
    private final boolean needsTwo;
    private final InstantSource clock;

    private ChangeRegister(Store store, SealedPeople people, EventSink ledger, boolean needsTwo, InstantSource clock) {
        this.store = store;
        this.people = people;
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.needsTwo = needsTwo;
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Brings the table up to date.
     *
     * @param needsTwo whether nobody puts in force what they proposed themselves
     */
    public static ChangeRegister create(
            Store store, Vault vault, EventSink ledger, boolean needsTwo, InstantSource clock) throws IOException {
        store.migrate(ChangeTables.ROOM, ChangeTables.SCRIPTS);
        return new ChangeRegister(store, SealedPeople.of(vault, RECORDS), ledger, needsTwo, clock);
    }

    /**
     * Proposes a version. That the text is a sound document is for the caller to know.
     *
     * @throws IllegalArgumentException if this version or a later one is in force
     */
    public ProposedChange propose(String document, long version, String text, PersonId by) throws IOException {
        Instant now = Instant.ofEpochMilli(clock.millis());
        ProposedChange change = new ProposedChange(UUID.randomUUID(), document, version, text, sha256(text), now);
        requireNewer(change);
        SealedPeople.Row proposer = people.seal(by, document);
        ledger.take(event(PROPOSED, change, by, now).build());
        store.write(connection -> ChangeTables.insert(connection, change, proposer));
        return change;
    }

    /**
     * Puts a proposed version in force.
     *
     * @return why not: {@code change.unknown}, {@code change.same-person} or {@code change.older}; empty if it is in force
     */
    public Optional<Reason> approve(UUID id, PersonId by) throws IOException {
        Optional<Stored> stored = store.read(connection -> ChangeTables.proposed(connection, id));
        if (stored.isEmpty()) {
            return Optional.of(Reason.of("change.unknown", "There is no such change that waits: list those that do."));
        }
        Optional<SealedPeople.Opened> proposer = people.open(stored.get().proposer());
        boolean isSame = proposer.isEmpty() || proposer.get().person().equals(by);
        if (needsTwo && isSame) {
            return Optional.of(Reason.of(
                    "change.same-person", "Whoever proposed a change cannot put it in force: ask somebody else."));
        }
        ProposedChange change = stored.get().change();
        Optional<ProposedChange> now = inForce(change.document());
        if (now.filter(before -> before.version() >= change.version()).isPresent()) {
            return Optional.of(Reason.format(
                    "change.older",
                    "Version %d is in force already: propose a newer one.",
                    now.get().version()));
        }
        Instant at = Instant.ofEpochMilli(clock.millis());
        ledger.take(event(IN_FORCE, change, by, at).build());
        store.write(connection -> ChangeTables.putInForce(connection, id, at));
        return Optional.empty();
    }

    private void requireNewer(ProposedChange change) throws IOException {
        Optional<ProposedChange> before = inForce(change.document());
        if (before.filter(each -> each.version() >= change.version()).isPresent()) {
            throw new IllegalArgumentException("version " + before.get().version() + " of " + change.document()
                    + " is in force: give the change a newer one than " + change.version());
        }
    }

    /** The version of a document in force. */
    public Optional<ProposedChange> inForce(String document) throws IOException {
        return store.read(connection -> ChangeTables.inForce(connection, document));
    }

    /** What waits to be approved, oldest first. */
    public List<ProposedChange> waiting() throws IOException {
        return store.read(ChangeTables::waiting).stream().map(Stored::change).toList();
    }

    private static LedgerEvent.Builder event(EventKind kind, ProposedChange change, PersonId by, Instant at) {
        return LedgerEvent.builder(kind, at)
                .person(by)
                .fact("change", change.id().toString())
                .fact("document", change.document())
                .fact("version", Long.toString(change.version()))
                .fact("sha256", change.sha256());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
