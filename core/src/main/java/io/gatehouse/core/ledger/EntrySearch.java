package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.LedgerTables.Row;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.ShreddedException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns a query into SQL that reads one index in the order of the answer. There is an index for each condition, with
 * the time behind it; the one that is most likely to leave few entries leads, the others are checked entry by entry.
 * Thread-safe.
 */
final class EntrySearch {
    private static final byte[] NOBODY = new byte[0];

    private final Store store;
    private final EntrySealer sealer;

    EntrySearch(Store store, EntrySealer sealer) {
        this.store = store;
        this.sealer = sealer;
    }

    /**
     * A statement and its parameters.
     *
     * @param sql ends before the limit
     */
    record Statement(String sql, List<Object> parameters) {
        PreparedStatement prepare(Connection connection, String before, int limit) throws SQLException {
            PreparedStatement select = connection.prepareStatement(before + sql + " LIMIT ?");
            int at = 1;
            for (Object each : parameters) {
                if (each instanceof byte[] bytes) {
                    select.setBytes(at++, bytes);
                } else if (each instanceof Long number) {
                    select.setLong(at++, number);
                } else {
                    select.setString(at++, each.toString());
                }
            }
            select.setInt(at, limit);
            return select;
        }
    }

    LedgerPage search(LedgerQuery query, Optional<String> cursor) throws IOException {
        byte[] pseudonym = NOBODY;
        if (query.person().isPresent()) {
            try {
                pseudonym = sealer.pseudonym(query.person().get());
            } catch (ShreddedException e) {
                return new LedgerPage(List.of(), Optional.empty());
            }
        }
        byte[] person = pseudonym;
        Statement statement = statement(query, person, cursor.map(text -> SearchCursor.parse(text, query, person)));
        // One more than a page has, to know whether there is another.
        int limit = query.pageSize() + 1;
        List<Row> rows = store.read(connection -> LedgerTables.found(connection, statement, limit));
        List<LedgerEntry> entries = new ArrayList<>();
        for (Row row : rows.subList(0, Math.min(rows.size(), query.pageSize()))) {
            LedgerEntry entry = sealer.open(row);
            requireMatch(query, entry);
            entries.add(entry);
        }
        if (rows.size() < limit) {
            return new LedgerPage(entries, Optional.empty());
        }
        LedgerEntry last = entries.get(entries.size() - 1);
        SearchCursor next = new SearchCursor(IndexColumns.nanos(last.event().occurredAt()), last.index());
        return new LedgerPage(entries, Optional.of(next.text(query, person)));
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
    static Statement statement(LedgerQuery query, byte[] pseudonym, Optional<SearchCursor> after) {
        List<String> where = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        if (pseudonym.length > 0) {
            where.add("e.pseudonym = ?");
            parameters.add(pseudonym);
        }
        equal(where, parameters, "e.portal", query.portal().map(PortalId::value));
        equal(where, parameters, "e.zone", query.zone().map(ZoneCode::value));
        equal(where, parameters, "e.kind", query.kind().map(EventKind::value));
        boolean newest = query.order() == LedgerQuery.Order.NEWEST_FIRST;
        if (after.isPresent()) {
            where.add("(e.occurred_nanos, e.position) " + (newest ? "<" : ">") + " (?, ?)");
            parameters.add(after.get().occurredNanos());
            parameters.add(after.get().position());
        }
        bound(where, parameters, ">=", query.from());
        bound(where, parameters, "<", query.until());
        String direction = newest ? " DESC" : "";
        return new Statement(
                (where.isEmpty() ? "" : "WHERE " + String.join(" AND ", where)) + " ORDER BY e.occurred_nanos"
                        + direction + ", e.position" + direction,
                parameters);
    }

    private static void equal(List<String> where, List<Object> parameters, String column, Optional<String> value) {
        if (value.isPresent()) {
            where.add(where.isEmpty() ? column + " = ?" : "(" + column + " || '') = ?");
            parameters.add(value.get());
        }
    }

    private static void bound(List<String> where, List<Object> parameters, String comparison, Optional<Instant> time) {
        if (time.isPresent()) {
            where.add("e.occurred_nanos " + comparison + " ?");
            parameters.add(IndexColumns.nanos(time.get()));
        }
    }
}
