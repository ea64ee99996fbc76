package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.LedgerTables.Row;
import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Answers queries, a page at a time. A person's entries are found by {@link PersonIndex}, those of anybody by
 * {@link TileSearch}. Thread-safe.
 */
final class EntrySearch {
    private static final byte[] NOBODY = new byte[0];

    private final Store store;
    private final EntrySealer sealer;
    private final Persons persons;

    EntrySearch(Store store, EntrySealer sealer, Persons persons) {
        this.store = store;
        this.sealer = sealer;
        this.persons = persons;
    }

    /** Where a person's entries are, by pseudonym. */
    @FunctionalInterface
    interface Persons {
        PersonIndex.Look look(byte[] pseudonym) throws IOException;
    }

    LedgerPage search(LedgerQuery query, Optional<String> cursor) throws IOException {
        byte[] pseudonym = NOBODY;
        if (query.person().isPresent()) {
            Optional<byte[]> known = sealer.knownPseudonym(query.person().get());
            if (known.isEmpty()) {
                return new LedgerPage(List.of(), Optional.empty());
            }
            pseudonym = known.get();
        }
        byte[] person = pseudonym;
        Optional<SearchCursor> after = cursor.map(text -> SearchCursor.parse(text, query, person));
        // One more than a page has, to know whether there is another.
        int limit = query.pageSize() + 1;
        List<Row> rows = rows(query, person, after, limit);
        List<LedgerEntry> entries = sealer.open(rows.subList(0, Math.min(rows.size(), query.pageSize())));
        for (LedgerEntry entry : entries) {
            requireMatch(query, entry);
        }
        if (rows.size() < limit) {
            return new LedgerPage(entries, Optional.empty());
        }
        LedgerEntry last = entries.get(entries.size() - 1);
        SearchCursor next = new SearchCursor(IndexColumns.nanos(last.event().occurredAt()), last.index());
        return new LedgerPage(entries, Optional.of(next.text(query, person)));
    }

    private List<Row> rows(LedgerQuery query, byte[] person, Optional<SearchCursor> after, int limit)
            throws IOException {
        if (person.length == 0) {
            return store.read(connection -> new TileSearch(connection, query, after, limit).rows());
        }
        PersonIndex.Look look = persons.look(person);
        return store.read(connection -> new PersonSearch(connection, query, person, after, limit).rows(look));
    }

    /** The columns are no part of what is signed; who is shredded between index and entry is found no more. */
    private static void requireMatch(LedgerQuery query, LedgerEntry entry) throws LedgerException {
        LedgerEvent event = entry.event();
        if (!query.matches(event) && (query.person().isEmpty() || event.person().isPresent())) {
            throw new LedgerException("entry " + entry.index() + " is listed under what it does not hold: the list was"
                    + " altered, verify the ledger, and restore the last backup that verifies");
        }
    }
}
