package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.LedgerTables.Row;
import io.gatehouse.core.ledger.PersonTables.Place;
import io.gatehouse.core.ledger.PersonTables.Run;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** One search for a person's entries, in the order of the query. Used once, within one transaction. */
final class PersonSearch {
    private static final String IN_RUN =
            "SELECT r.occurred_nanos, r.position FROM ledger_run_person r WHERE r.run = ? AND r.pseudonym = ?";
    private static final String OTHER_CONDITIONS =
            " AND EXISTS (SELECT 1 FROM ledger_entry e WHERE e.position = r.position";

    private final Connection connection;
    private final byte[] pseudonym;
    private final Conditions inPlace;
    private final Conditions onEntry;
    private final boolean newestFirst;
    private final Comparator<Place> order;
    private final int limit;
    private final TreeSet<Place> found;

    PersonSearch(Connection connection, LedgerQuery query, byte[] pseudonym, Optional<SearchCursor> after, int limit) {
        this.connection = connection;
        this.pseudonym = pseudonym.clone();
        this.newestFirst = query.order() == LedgerQuery.Order.NEWEST_FIRST;
        this.order = newestFirst ? Comparator.reverseOrder() : Comparator.naturalOrder();
        this.limit = limit;
        this.found = new TreeSet<>(order);
        this.inPlace = Conditions.ofPlace(query, after, "r.occurred_nanos", "r.position");
        this.onEntry = Conditions.ofEntry(query);
    }

    List<Row> rows(PersonIndex.Look look) throws SQLException {
        searchNewest(look.newest());
        searchRuns(look.runs());
        List<Row> rows = new ArrayList<>();
        for (Place each : found) {
            rows.addAll(LedgerTables.entries(connection, each.position(), each.position() + 1));
        }
        return rows;
    }

    private void searchNewest(List<Place> newest) throws SQLException {
        List<Place> places = new ArrayList<>(newest);
        places.sort(order);
        try (PreparedStatement select = connection.prepareStatement("SELECT 1 FROM (SELECT CAST(? AS BIGINT)"
                + " AS occurred_nanos, CAST(? AS BIGINT) AS position) r WHERE 1 = 1" + inPlace.sql()
                + entryConditions())) {
            for (Place each : places) {
                if (found.size() == limit) {
                    return;
                }
                select.setLong(1, each.occurredNanos());
                select.setLong(2, each.position());
                onEntry.bind(select, inPlace.bind(select, 3));
                try (ResultSet rows = select.executeQuery()) {
                    if (rows.next()) {
                        found.add(each);
                    }
                }
            }
        }
    }

    private void searchRuns(List<Run> runs) throws SQLException {
        List<Run> inOrder = new ArrayList<>(runs);
        Collections.reverse(inOrder);
        Comparator<Run> byTime =
                newestFirst ? Comparator.comparingLong(Run::newest).reversed() : Comparator.comparingLong(Run::oldest);
        inOrder.sort(byTime);
        String direction = newestFirst ? " DESC" : "";
        try (PreparedStatement select = connection.prepareStatement(IN_RUN + inPlace.sql() + entryConditions()
                + " ORDER BY r.occurred_nanos" + direction + ", r.position" + direction + " LIMIT ?")) {
            for (Run run : inOrder) {
                if (found.size() == limit && !mayHoldBetter(run, found.last())) {
                    return;
                }
                search(select, run);
            }
        }
    }

    /** Runs come in the order of their best time, so the first that cannot help ends the search. */
    private boolean mayHoldBetter(Run run, Place last) {
        return newestFirst ? run.newest() >= last.occurredNanos() : run.oldest() <= last.occurredNanos();
    }

    private void search(PreparedStatement select, Run run) throws SQLException {
        select.setLong(1, run.start());
        select.setBytes(2, pseudonym);
        select.setInt(onEntry.bind(select, inPlace.bind(select, 3)), limit);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(new Place(rows.getLong(1), rows.getLong(2)));
                if (found.size() > limit) {
                    found.pollLast();
                }
            }
        }
    }

    private String entryConditions() {
        return onEntry.sql().isEmpty() ? "" : OTHER_CONDITIONS + onEntry.sql() + ")";
    }
}
