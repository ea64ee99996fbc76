package io.gatehouse.policy.internal.casefile;

import io.gatehouse.policy.internal.casefile.CaseFile.Index;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements on a room's tables of cases and steps. The number of a step is in the primary key. */
final class CaseTables {
    private final String prefix;

    CaseTables(String prefix) {
        this.prefix = prefix;
    }

    /** The first script of the room; a later change is a script of its own. */
    String script() {
        return """
                CREATE TABLE %1$s_case (
                  id TEXT NOT NULL PRIMARY KEY, person TEXT, sealed_person BLOB,
                  topic TEXT NOT NULL, state TEXT NOT NULL, opened_millis INTEGER NOT NULL,
                  due_millis INTEGER, steps INTEGER NOT NULL);
                CREATE INDEX %1$s_case_state ON %1$s_case (state, due_millis);
                CREATE INDEX %1$s_case_topic ON %1$s_case (topic, state);
                CREATE INDEX %1$s_case_person ON %1$s_case (person);
                CREATE TABLE %1$s_step (
                  case_id TEXT NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
                  at_millis INTEGER NOT NULL, facts BLOB NOT NULL, sealed_person BLOB, sealed BLOB NOT NULL,
                  PRIMARY KEY (case_id, seq));
                -- Steps that are not in the ledger yet.
                CREATE TABLE %1$s_outbox (step_id TEXT NOT NULL PRIMARY KEY);
                """.formatted(prefix);
    }

    /** False if there is a case with this id. */
    boolean insert(Connection connection, StoredCase row, StoredStep first, boolean isToBeRecorded)
            throws SQLException {
        int inserted = update(
                connection,
                "INSERT INTO %s_case (id, person, sealed_person, topic, state, opened_millis, due_millis, steps)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO NOTHING",
                row.id().toString(),
                row.pseudonym(),
                row.sealedPerson(),
                row.index().topic(),
                row.index().state(),
                row.opened().toEpochMilli(),
                millis(row.index().due()));
        if (inserted == 1) {
            insert(connection, first, isToBeRecorded);
        }
        return inserted == 1;
    }

    /** False if the case has another number of steps than that of this one. */
    boolean append(Connection connection, StoredStep step, Index index, boolean isToBeRecorded) throws SQLException {
        int updated = update(
                connection,
                "UPDATE %s_case SET topic = ?, state = ?, due_millis = ?, steps = steps + 1 WHERE id = ? AND steps = ?",
                index.topic(),
                index.state(),
                millis(index.due()),
                step.caseId().toString(),
                step.sequence());
        if (updated == 1) {
            insert(connection, step, isToBeRecorded);
        }
        return updated == 1;
    }

    private void insert(Connection connection, StoredStep step, boolean isToBeRecorded) throws SQLException {
        update(
                connection,
                "INSERT INTO %s_step (case_id, seq, id, kind, at_millis, facts, sealed_person, sealed)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                step.caseId().toString(),
                step.sequence(),
                step.id().toString(),
                step.kind(),
                step.at().toEpochMilli(),
                step.facts(),
                step.sealedPerson(),
                step.sealed());
        if (isToBeRecorded) {
            update(
                    connection,
                    "INSERT INTO %s_outbox (step_id) VALUES (?)",
                    step.id().toString());
        }
    }

    void recorded(Connection connection, UUID step) throws SQLException {
        update(connection, "DELETE FROM %s_outbox WHERE step_id = ?", step.toString());
    }

    /** Steps that are not in the ledger yet, those of a case in their order. */
    List<StoredStep> unrecorded(Connection connection, int limit) throws SQLException {
        return steps(
                connection,
                "JOIN " + prefix + "_outbox o ON o.step_id = s.id ORDER BY s.at_millis, s.seq LIMIT ?",
                limit);
    }

    List<StoredStep> steps(Connection connection, UUID caseId) throws SQLException {
        return steps(connection, "WHERE s.case_id = ? ORDER BY s.seq", caseId.toString());
    }

    private List<StoredStep> steps(Connection connection, String rest, Object value) throws SQLException {
        String sql = "SELECT s.case_id, s.seq, s.id, s.kind, s.at_millis, s.facts, s.sealed_person, s.sealed FROM "
                + prefix + "_step s " + rest;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, value);
            List<StoredStep> steps = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    steps.add(new StoredStep(
                            UUID.fromString(row.getString("case_id")),
                            row.getInt("seq"),
                            UUID.fromString(row.getString("id")),
                            Instant.ofEpochMilli(row.getLong("at_millis")),
                            row.getString("kind"),
                            row.getBytes("facts"),
                            row.getBytes("sealed_person"),
                            row.getBytes("sealed")));
                }
            }
            return steps;
        }
    }

    Optional<StoredCase> find(Connection connection, UUID id) throws SQLException {
        return cases(connection, "WHERE id = ?", List.of(id.toString())).stream()
                .findFirst();
    }

    /** @param pseudonym what stands for the person of the query, if it names one */
    List<StoredCase> find(Connection connection, CaseQuery query, Optional<String> pseudonym) throws SQLException {
        StringBuilder where = new StringBuilder("WHERE 1 = 1");
        List<Object> values = new ArrayList<>();
        if (!query.states().isEmpty()) {
            where.append(" AND state IN (")
                    .append("?, ".repeat(query.states().size() - 1))
                    .append("?)");
            values.addAll(query.states());
        }
        condition(where, values, " AND topic = ?", query.topic());
        condition(where, values, " AND person = ?", pseudonym);
        condition(where, values, " AND due_millis <= ?", query.dueBy().map(Instant::toEpochMilli));
        condition(where, values, " AND opened_millis >= ?", query.since().map(Instant::toEpochMilli));
        where.append(query.dueBy().isPresent() ? " ORDER BY due_millis, id" : " ORDER BY opened_millis DESC, id");
        values.add(query.limit());
        return cases(connection, where.append(" LIMIT ?").toString(), values);
    }

    private static void condition(StringBuilder where, List<Object> values, String sql, Optional<?> value) {
        value.ifPresent(it -> {
            where.append(sql);
            values.add(it);
        });
    }

    private List<StoredCase> cases(Connection connection, String where, List<Object> values) throws SQLException {
        String sql = "SELECT id, person, sealed_person, topic, state, opened_millis, due_millis FROM " + prefix
                + "_case " + where;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            List<StoredCase> cases = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long due = row.getLong("due_millis");
                    Optional<Instant> isDue = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(due));
                    cases.add(new StoredCase(
                            UUID.fromString(row.getString("id")),
                            row.getString("person"),
                            row.getBytes("sealed_person"),
                            new Index(row.getString("topic"), row.getString("state"), isDue),
                            Instant.ofEpochMilli(row.getLong("opened_millis"))));
                }
            }
            return cases;
        }
    }

    private static @Nullable Long millis(Optional<Instant> time) {
        return time.map(Instant::toEpochMilli).orElse(null);
    }

    private int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.formatted(prefix))) {
            for (int i = 0; i < values.length; i++) {
                set(statement, i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** What is null has a type too, or PostgreSQL may guess another. */
    private static void set(PreparedStatement statement, int at, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(at, Types.NULL);
        } else {
            statement.setObject(at, value);
        }
    }
}
