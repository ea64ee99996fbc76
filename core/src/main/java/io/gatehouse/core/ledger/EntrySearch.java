package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.LedgerTables.Row;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns a query into SQL that reads one index in the order of the answer. There is an index for each condition, with
 * the time behind it; the one that is most likely to leave few entries leads, the others are checked entry by entry. A
 * person's entries are found by {@link PersonIndex}. Thread-safe.
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

    /**
     * A statement and its parameters.
     *
     * @param sql ends before the limit
     */
    record Statement(String sql, List<Object> parameters) {
        PreparedStatement prepare(Connection connection, String before, int limit) throws SQLException {
            PreparedStatement select = connection.prepareStatement(before + sql + " LIMIT ?");
            select.setInt(new Conditions(sql, parameters).bind(select, 1), limit);
            return select;
        }
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
            Statement statement = statement(query, after);
            return store.read(connection -> LedgerTables.found(connection, statement, limit));
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

    /** Conditions whose column is in an expression use no index: so the leading one is what is read in order. */
    static Statement statement(LedgerQuery query, Optional<SearchCursor> after) {
        List<String> where = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        equal(where, parameters, "e.portal", query.portal().map(PortalId::value));
        equal(where, parameters, "e.zone", query.zone().map(ZoneCode::value));
        equal(where, parameters, "e.kind", query.kind().map(EventKind::value));
        Conditions place = Conditions.ofPlace(query, after, "e.occurred_nanos", "e.position");
        parameters.addAll(place.parameters());
        String direction = query.order() == LedgerQuery.Order.NEWEST_FIRST ? " DESC" : "";
        return new Statement(
                "WHERE " + (where.isEmpty() ? "1 = 1" : String.join(" AND ", where)) + place.sql()
                        + " ORDER BY e.occurred_nanos" + direction + ", e.position" + direction,
                parameters);
    }

    private static void equal(List<String> where, List<Object> parameters, String column, Optional<String> value) {
        if (value.isPresent()) {
            where.add(where.isEmpty() ? column + " = ?" : "(" + column + " || '') = ?");
            parameters.add(value.get());
        }
    }
}
