package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.LedgerTables.Row;
import io.gatehouse.core.ledger.PersonTables.Place;
import io.gatehouse.core.ledger.TileTables.Attribute;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One search for entries of anybody, in the order of the query. Used once, within one transaction.
 *
 * <p>Reads the entries that no tile lists yet, and then one tile after the other in the order of the best time that it
 * has for the leading condition, until no other can hold anything that comes before what was found. Tiles that lack what
 * another condition asks for are left out.
 */
final class TileSearch {
    private static final int FETCH = 64;

    private final Connection connection;
    private final boolean newestFirst;
    private final int limit;
    private final List<Value> values;
    private final Conditions inTime;
    private final Conditions onEntry;
    private final Optional<SearchCursor> after;
    private final Conditions tiles;
    private final Comparator<Place> order;
    private final TreeMap<Place, Row> found;

    /** What an entry must have. */
    private record Value(Attribute attribute, String value) {}

    TileSearch(Connection connection, LedgerQuery query, Optional<SearchCursor> after, int limit) {
        this.connection = connection;
        this.newestFirst = query.order() == LedgerQuery.Order.NEWEST_FIRST;
        this.limit = limit;
        this.values = values(query);
        this.after = after;
        this.inTime = Conditions.ofPlace(query, after, "e.occurred_nanos", "e.position");
        this.onEntry = Conditions.ofEntry(query);
        this.order = newestFirst ? Comparator.reverseOrder() : Comparator.naturalOrder();
        this.found = new TreeMap<>(order);
        this.tiles = tiles(query);
    }

    /** The one that most likely leaves few entries leads. */
    private static List<Value> values(LedgerQuery query) {
        List<Value> values = new ArrayList<>();
        query.portal().map(PortalId::value).ifPresent(each -> values.add(new Value(Attribute.PORTAL, each)));
        query.zone().map(ZoneCode::value).ifPresent(each -> values.add(new Value(Attribute.ZONE, each)));
        query.kind().map(EventKind::value).ifPresent(each -> values.add(new Value(Attribute.KIND, each)));
        if (values.isEmpty()) {
            values.add(new Value(Attribute.TIME, ""));
        }
        return values;
    }

    /** Which tiles may hold an answer, the best time first. */
    private Conditions tiles(LedgerQuery query) {
        StringBuilder sql = new StringBuilder("SELECT t.tile, t.oldest_nanos, t.newest_nanos FROM ledger_tile t"
                + " WHERE t.attribute = ? AND t.value = ?");
        // In an expression what is not in order, so that no index of it is taken.
        String newest = newestFirst ? "t.newest_nanos" : "t.newest_nanos + 0";
        String oldest = newestFirst ? "t.oldest_nanos + 0" : "t.oldest_nanos";
        List<Object> parameters = new ArrayList<>();
        parameters.add((long) values.get(0).attribute().code);
        parameters.add(values.get(0).value());
        query.from().ifPresent(from -> {
            sql.append(" AND " + newest + " >= ?");
            parameters.add(IndexColumns.nanos(from));
        });
        query.until().ifPresent(until -> {
            sql.append(" AND " + oldest + " < ?");
            parameters.add(IndexColumns.nanos(until));
        });
        after.ifPresent(cursor -> {
            sql.append(" AND " + (newestFirst ? oldest + " <= ?" : newest + " >= ?"));
            parameters.add(cursor.occurredNanos());
        });
        for (Value other : values.subList(1, values.size())) {
            sql.append(" AND EXISTS (SELECT 1 FROM ledger_tile o WHERE o.tile = t.tile AND o.attribute = ?"
                    + " AND o.value = ?)");
            parameters.add((long) other.attribute().code);
            parameters.add(other.value());
        }
        sql.append(newestFirst ? " ORDER BY t.newest_nanos DESC, t.tile DESC" : " ORDER BY t.oldest_nanos, t.tile");
        return new Conditions(sql.toString(), parameters);
    }

    List<Row> rows() throws SQLException {
        try (PreparedStatement entries = connection.prepareStatement(LedgerTables.TIMED_ENTRIES
                + "WHERE e.position >= ? AND e.position < ?" + inTime.sql() + onEntry.sql())) {
            search(entries, TileTables.count(connection) * TileTables.WIDTH, Long.MAX_VALUE);
            searchTiles(entries);
        }
        return List.copyOf(found.values());
    }

    private void searchTiles(PreparedStatement entries) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(tiles.sql())) {
            tiles.bind(select, 1);
            select.setFetchSize(FETCH);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next() && mayHoldBetter(rows.getLong(2), rows.getLong(3))) {
                    long first = rows.getLong(1) * TileTables.WIDTH;
                    search(entries, first, first + TileTables.WIDTH);
                }
            }
        }
    }

    /** Tiles come in the order of their best time, so the first that cannot help ends the search. */
    private boolean mayHoldBetter(long oldest, long newest) {
        if (found.size() < limit) {
            return true;
        }
        long last = found.lastKey().occurredNanos();
        return newestFirst ? newest >= last : oldest <= last;
    }

    private void search(PreparedStatement entries, long from, long end) throws SQLException {
        entries.setLong(1, from);
        entries.setLong(2, end);
        onEntry.bind(entries, inTime.bind(entries, 3));
        try (ResultSet rows = entries.executeQuery()) {
            while (rows.next()) {
                Place place = new Place(rows.getLong(LedgerTables.TIME_COLUMN), rows.getLong(1));
                if (found.size() < limit || order.compare(place, found.lastKey()) < 0) {
                    found.put(place, LedgerTables.row(rows));
                    if (found.size() > limit) {
                        found.pollLastEntry();
                    }
                }
            }
        }
    }

    /** How the tiles are found, for a test of the plan. */
    Conditions tiles() {
        return tiles;
    }
}
