package io.gatehouse.core.ledger;

import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Conditions of a query as SQL, each with {@code AND} before it, and their parameters.
 *
 * @param sql empty if there is none
 */
record Conditions(String sql, List<Object> parameters) {
    Conditions {
        parameters = List.copyOf(parameters);
    }

    /** On the time, and on what the pages before have had. */
    static Conditions ofPlace(LedgerQuery query, Optional<SearchCursor> after, String nanos, String position) {
        StringBuilder sql = new StringBuilder();
        List<Object> parameters = new ArrayList<>();
        if (after.isPresent()) {
            boolean newest = query.order() == LedgerQuery.Order.NEWEST_FIRST;
            sql.append(" AND (" + nanos + ", " + position + ") " + (newest ? "<" : ">") + " (?, ?)");
            parameters.add(after.get().occurredNanos());
            parameters.add(after.get().position());
        }
        query.from().ifPresent(from -> {
            sql.append(" AND " + nanos + " >= ?");
            parameters.add(IndexColumns.nanos(from));
        });
        query.until().ifPresent(until -> {
            sql.append(" AND " + nanos + " < ?");
            parameters.add(IndexColumns.nanos(until));
        });
        return new Conditions(sql.toString(), parameters);
    }

    /** On what else an entry is listed under but the person; by its position it is found. */
    static Conditions ofEntry(LedgerQuery query) {
        StringBuilder sql = new StringBuilder();
        List<Object> parameters = new ArrayList<>();
        equal(sql, parameters, "portal", query.portal().map(PortalId::value));
        equal(sql, parameters, "zone", query.zone().map(ZoneCode::value));
        equal(sql, parameters, "kind", query.kind().map(EventKind::value));
        return new Conditions(sql.toString(), parameters);
    }

    private static void equal(StringBuilder sql, List<Object> parameters, String column, Optional<String> value) {
        value.ifPresent(each -> {
            // In an expression, so that no other index than the position's is taken.
            sql.append(" AND (e." + column + " || '') = ?");
            parameters.add(each);
        });
    }

    /** Sets the parameters from an index on; gives the next index. */
    int bind(PreparedStatement statement, int first) throws SQLException {
        int at = first;
        for (Object each : parameters) {
            if (each instanceof Long number) {
                statement.setLong(at++, number);
            } else {
                statement.setString(at++, each.toString());
            }
        }
        return at;
    }
}
