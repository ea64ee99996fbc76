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
    private static final String IN_RUNS =
            "SELECT r.occurred_nanos, r.position FROM ledger_run_person r WHERE r.run IN (";
    private static final String OF_PERSON = ") AND r.pseudonym = ?";
    private static final String OTHER_CONDITIONS =
            " AND EXISTS (SELECT 1 FROM ledger_entry e WHERE e.position = r.position";

    /** So many are searched first, in one statement. */
    private static final int FEW_RUNS = 8;

    private static final int MANY_RUNS = 128;

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
        return LedgerTables.entriesAt(
                connection, found.stream().map(Place::position).toList());
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
        int next = 0;
        for (int many = FEW_RUNS; next < inOrder.size(); many = enough(next, inOrder.size() - next)) {
            if (found.size() == limit && !mayHoldBetter(inOrder.get(next), found.last())) {
                return;
            }
            List<Run> together = inOrder.subList(next, Math.min(next + many, inOrder.size()));
            search(together);
            next += together.size();
        }
    }

    /** So many more runs as will likely hold what is missing, judged by those before: a statement for each takes longer. */
    private int enough(int searched, int left) {
        int missing = limit - found.size();
        return Math.min(Math.max(FEW_RUNS, missing * searched / Math.max(1, found.size())), Math.min(left, MANY_RUNS));
    }

    /** Runs come in the order of their best time, so the first that cannot help ends the search. */
    private boolean mayHoldBetter(Run run, Place last) {
        return newestFirst ? run.newest() >= last.occurredNanos() : run.oldest() <= last.occurredNanos();
    }

    private void search(List<Run> runs) throws SQLException {
        String direction = newestFirst ? " DESC" : "";
        try (PreparedStatement select = connection.prepareStatement(IN_RUNS
                + String.join(", ", Collections.nCopies(runs.size(), "?")) + OF_PERSON + inPlace.sql()
                + entryConditions() + " ORDER BY r.occurred_nanos" + direction + ", r.position" + direction
                + " LIMIT ?")) {
            int at = 1;
            for (Run run : runs) {
                select.setLong(at++, run.start());
            }
            select.setBytes(at++, pseudonym);
            select.setInt(onEntry.bind(select, inPlace.bind(select, at)), limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Place(rows.getLong(1), rows.getLong(2)));
                    if (found.size() > limit) {
                        found.pollLast();
                    }
                }
            }
        }
    }

    private String entryConditions() {
        return onEntry.sql().isEmpty() ? "" : OTHER_CONDITIONS + onEntry.sql() + ")";
    }
}
