package io.gatehouse.core.ledger;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EntryWriter.Recorded;
import io.gatehouse.core.ledger.LedgerTables.Row;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.vault.OtherRootException;
import io.gatehouse.core.vault.ShreddedException;
import io.gatehouse.core.vault.Vault;
import io.gatehouse.core.vault.VaultException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes the person and the personal facts of an event into the vault's keeping and back. A person's pseudonym is a hash
 * under their own key: random to everybody else, the same in all their entries, and after a shredding nobody's. Thread-safe.
 */
final class EntrySealer {
    private static final byte[] PSEUDONYM = "gatehouse ledger pseudonym v1".getBytes(StandardCharsets.UTF_8);

    private static final int MAX_KNOWN = 16_384;

    private final Vault vault;
    /** Pseudonyms whose way back to the person is durable, as many as memory is given to. None means somebody else later. */
    private final Set<Pseudonym> known = ConcurrentHashMap.newKeySet();

    EntrySealer(Vault vault) {
        this.vault = vault;
    }

    /**
     * What stands for the person in an entry.
     *
     * @param pseudonym    empty if there is no person, or they were shredded
     * @param sealedPerson leads from the pseudonym to the person; empty if that is on record already
     * @param sealedFacts  empty if there are no personal facts
     */
    record Sealed(Optional<byte[]> pseudonym, byte[] sealedPerson, byte[] sealedFacts) {
        static final Sealed NOBODY = new Sealed(Optional.empty(), new byte[0], new byte[0]);
    }

    /** An event made ready: whatever takes time and does not need the place in the ledger. */
    SealedEntry seal(LedgerEvent event, Instant recordedAt) throws IOException {
        Sealed sealed = seal(event);
        byte[] content = encode(event, sealed, recordedAt);
        return new SealedEntry(event, recordedAt, sealed, content, MerkleTree.leafHash(content));
    }

    /**
     * The entry as its writer gets it back.
     *
     * @throws IllegalArgumentException if its id is on record with other content
     */
    LedgerEntry appended(Recorded recorded) throws IOException {
        Row before = recorded.before();
        if (before == null) {
            recorded(recorded.entry());
            return entry(recorded.entry(), recorded.position());
        }
        LedgerEvent event = recorded.entry().event();
        if (!isSame(event, before)) {
            throw new IllegalArgumentException("event " + event.id() + " is on record with other content, as entry "
                    + before.position() + ": an id is used once");
        }
        return open(before);
    }

    /** That the way from the entry's pseudonym to its person is durable. */
    void recorded(SealedEntry entry) {
        if (entry.sealed().sealedPerson().length > 0) {
            if (known.size() >= MAX_KNOWN) {
                // What is forgotten is sealed and offered to the table once more, which keeps what it has.
                known.clear();
            }
            entry.sealed().pseudonym().ifPresent(pseudonym -> known.add(Pseudonym.of(pseudonym)));
        }
    }

    private Sealed seal(LedgerEvent event) throws IOException {
        if (event.person().isEmpty()) {
            return Sealed.NOBODY;
        }
        PersonId person = event.person().get();
        return vault.together(() -> seal(event, person));
    }

    private Sealed seal(LedgerEvent event, PersonId person) throws IOException {
        try {
            byte[] pseudonym = pseudonym(person);
            byte[] sealedPerson = known.contains(Pseudonym.of(pseudonym))
                    ? new byte[0]
                    : vault.sealPerson(person, DataClass.LEDGER, pseudonym);
            byte[] facts = event.personalFacts().isEmpty()
                    ? new byte[0]
                    : vault.seal(person, DataClass.LEDGER, EntryCodec.encodeFacts(event.personalFacts()));
            return new Sealed(Optional.of(pseudonym), sealedPerson, facts);
        } catch (ShreddedException e) {
            // The event must be on record all the same: a door must not move unrecorded because somebody was forgotten.
            return Sealed.NOBODY;
        }
    }

    private byte[] pseudonym(PersonId person) throws IOException {
        return Arrays.copyOf(vault.hash(person, DataClass.LEDGER, PSEUDONYM), EntryCodec.PSEUDONYM_BYTES);
    }

    /** What stands for a person in entries that can be found; empty if there are none. */
    Optional<byte[]> knownPseudonym(PersonId person) throws IOException {
        return vault.knownHash(person, DataClass.LEDGER, PSEUDONYM)
                .map(hash -> Arrays.copyOf(hash, EntryCodec.PSEUDONYM_BYTES));
    }

    private static byte[] encode(LedgerEvent event, Sealed sealed, Instant recordedAt) {
        return EntryCodec.encode(new EntryBytes(
                event.id(),
                event.occurredAt(),
                recordedAt,
                event.kind().value(),
                event.portal().map(PortalId::value).orElse(""),
                event.zone().map(ZoneCode::value).orElse(""),
                sealed.pseudonym(),
                event.person().isPresent() && sealed.pseudonym().isEmpty(),
                event.facts(),
                sealed.sealedFacts()));
    }

    /** The entry as its writer gets it back: as a row's, without reading it. */
    static LedgerEntry entry(SealedEntry entry, long position) {
        LedgerEvent event = entry.isWithheld() ? withoutPerson(entry.event()) : entry.event();
        return new LedgerEntry(
                position,
                entry.recordedAt(),
                event,
                entry.sealed().pseudonym().map(HexFormat.of()::formatHex),
                HexFormat.of().formatHex(entry.leafHash()));
    }

    private static LedgerEvent withoutPerson(LedgerEvent event) {
        return new LedgerEvent(
                event.id(),
                event.occurredAt(),
                event.kind(),
                event.portal(),
                event.zone(),
                Optional.empty(),
                event.facts(),
                new TreeMap<>());
    }

    /** Whether what leads from a pseudonym to a person is as it was sealed; of who was shredded only that much is there. */
    boolean leads(byte[] pseudonym, byte[] sealed) throws IOException {
        try {
            Optional<PersonId> unused = vault.openPerson(DataClass.LEDGER, pseudonym, sealed);
            return true;
        } catch (OtherRootException e) {
            throw e;
        } catch (VaultException e) {
            return false;
        }
    }

    /** The entries of rows, as far as they are not shredded. */
    List<LedgerEntry> open(List<Row> rows) throws IOException {
        return vault.together(() -> {
            List<LedgerEntry> entries = new ArrayList<>(rows.size());
            for (Row row : rows) {
                entries.add(open(row));
            }
            return entries;
        });
    }

    /** The entry of a row, as far as it is not shredded. */
    LedgerEntry open(Row row) throws IOException {
        if (!Arrays.equals(MerkleTree.leafHash(row.content()), row.leafHash())) {
            throw new LedgerException("entry " + row.position() + " was altered: verify the ledger, and restore the"
                    + " last backup that verifies");
        }
        EntryBytes entry = EntryCodec.decode(row.content());
        byte[] sealedPerson = row.person();
        Optional<PersonId> person = entry.pseudonym().isEmpty() || sealedPerson == null
                ? Optional.empty()
                : vault.openPerson(DataClass.LEDGER, entry.pseudonym().get(), sealedPerson);
        return new LedgerEntry(
                row.position(),
                entry.recordedAt(),
                event(row.position(), entry, person),
                entry.pseudonym().map(HexFormat.of()::formatHex),
                HexFormat.of().formatHex(row.leafHash()));
    }

    private LedgerEvent event(long position, EntryBytes entry, Optional<PersonId> person) throws IOException {
        SortedMap<String, String> facts = new TreeMap<>();
        if (person.isPresent() && entry.sealed().length > 0) {
            Optional<byte[]> clear = vault.open(person.get(), DataClass.LEDGER, entry.sealed());
            if (clear.isPresent()) {
                facts = EntryCodec.decodeFacts(clear.get());
            }
        }
        try {
            return new LedgerEvent(
                    entry.id(),
                    entry.occurredAt(),
                    EventKind.of(entry.kind()),
                    entry.portal().isEmpty() ? Optional.empty() : Optional.of(PortalId.of(entry.portal())),
                    entry.zone().isEmpty() ? Optional.empty() : Optional.of(ZoneCode.of(entry.zone())),
                    person,
                    entry.facts(),
                    facts);
        } catch (IllegalArgumentException e) {
            throw new LedgerException("entry " + position + " holds what no event can hold: it was altered", e);
        }
    }

    /** Whether an event is the one on record; what was shredded since, or withheld, can no longer be compared. */
    boolean isSame(LedgerEvent event, Row row) throws IOException {
        LedgerEvent recorded = open(row).event();
        if (recorded.equals(event)) {
            return true;
        }
        EntryBytes entry = EntryCodec.decode(row.content());
        boolean hadPerson = entry.withheld() || entry.pseudonym().isPresent();
        return hadPerson
                && event.person().isPresent()
                && recorded.person().isEmpty()
                && recorded.equals(withoutPerson(event));
    }
}
