package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The statements on this room's tables of answers. Answers are numbered for each subject and the number is in the
 * primary key, so that two writers at once cannot both have the last word, in any database.
 */
final class ConsentTables {
    static final String ROOM = "policy.consent";

    static final List<String> SCRIPTS = List.of("""
            CREATE TABLE consent_notice (
              notice_id TEXT NOT NULL, version INTEGER NOT NULL, language TEXT NOT NULL,
              sha256 TEXT NOT NULL, text TEXT NOT NULL,
              PRIMARY KEY (notice_id, version, language));
            CREATE TABLE consent_in_force (
              purpose TEXT NOT NULL, data_class TEXT NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
              notice_id TEXT NOT NULL, version INTEGER NOT NULL, at_millis INTEGER NOT NULL,
              PRIMARY KEY (purpose, data_class, seq));
            CREATE TABLE consent_event (
              person TEXT NOT NULL, purpose TEXT NOT NULL, data_class TEXT NOT NULL, seq INTEGER NOT NULL,
              id TEXT NOT NULL UNIQUE, answer TEXT NOT NULL,
              notice_id TEXT NOT NULL, notice_version INTEGER NOT NULL, notice_language TEXT NOT NULL,
              notice_sha256 TEXT NOT NULL, at_millis INTEGER NOT NULL, how TEXT NOT NULL,
              PRIMARY KEY (person, purpose, data_class, seq));
            -- Answers whose follow-up nobody has carried out.
            CREATE TABLE consent_follow_up (event_id TEXT NOT NULL PRIMARY KEY);
            -- Changes that are not in the ledger yet.
            CREATE TABLE consent_outbox (change_id TEXT NOT NULL PRIMARY KEY);
            """);

    private static final String RECORD = "SELECT e.id, e.person, e.purpose, e.data_class, e.answer, e.notice_id,"
            + " e.notice_version, e.notice_language, e.notice_sha256, e.at_millis, e.how FROM consent_event e ";

    private ConsentTables() {}

    static Optional<ConsentRecord> last(Connection connection, ConsentSubject subject) throws SQLException {
        String sql = RECORD + "WHERE e.person = ? AND e.purpose = ? AND e.data_class = ? ORDER BY e.seq DESC LIMIT 1";
        return records(connection, sql, keys(subject)).stream().findFirst();
    }

    static List<ConsentRecord> history(Connection connection, PersonId person) throws SQLException {
        return records(
                connection, RECORD + "WHERE e.person = ? ORDER BY e.purpose, e.data_class, e.seq", person.value());
    }

    static List<ConsentRecord> unfinished(Connection connection) throws SQLException {
        return records(
                connection, RECORD + "JOIN consent_follow_up f ON f.event_id = e.id ORDER BY e.at_millis, e.seq");
    }

    static List<ConsentRecord> unrecorded(Connection connection, int limit) throws SQLException {
        return records(
                connection,
                RECORD + "JOIN consent_outbox o ON o.change_id = e.id ORDER BY e.at_millis, e.seq LIMIT ?",
                limit);
    }

    /** The other purposes for which the person's last word on these data is yes. */
    static Set<Purpose> otherConsents(Connection connection, ConsentSubject subject) throws SQLException {
        Set<Purpose> purposes = new HashSet<>();
        for (ConsentRecord record : history(connection, subject.person())) {
            ConsentSubject other = record.subject();
            if (other.dataClass().equals(subject.dataClass()) && !other.equals(subject)) {
                if (record.answer() == ConsentAnswer.GIVEN) {
                    purposes.add(other.purpose());
                } else {
                    purposes.remove(other.purpose());
                }
            }
        }
        return purposes;
    }

    static void insert(Connection connection, ConsentRecord record) throws SQLException {
        ConsentSubject subject = record.subject();
        int updated = update(
                connection,
                "INSERT INTO consent_event (person, purpose, data_class, seq, id, answer, notice_id, notice_version,"
                        + " notice_language, notice_sha256, at_millis, how) SELECT ?, ?, ?, COALESCE(MAX(seq), 0) + 1,"
                        + " ?, ?, ?, ?, ?, ?, ?, ? FROM consent_event WHERE person = ? AND purpose = ? AND data_class = ?",
                subject.person().value(),
                subject.purpose().value(),
                subject.dataClass().value(),
                record.id().toString(),
                record.answer().name(),
                record.noticeId(),
                record.noticeVersion(),
                record.noticeLanguage(),
                record.noticeSha256(),
                record.at().toEpochMilli(),
                record.how(),
                subject.person().value(),
                subject.purpose().value(),
                subject.dataClass().value());
        if (updated != 1) {
            throw new SQLException("a consent answer became " + updated + " rows");
        }
    }

    static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static Object[] keys(ConsentSubject subject) {
        return new Object[] {
            subject.person().value(),
            subject.purpose().value(),
            subject.dataClass().value()
        };
    }

    private static List<ConsentRecord> records(Connection connection, String sql, Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            List<ConsentRecord> records = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    records.add(record(row));
                }
            }
            return records;
        }
    }

    private static ConsentRecord record(ResultSet row) throws SQLException {
        return new ConsentRecord(
                UUID.fromString(row.getString("id")),
                new ConsentSubject(
                        PersonId.of(row.getString("person")),
                        Purpose.of(row.getString("purpose")),
                        DataClass.of(row.getString("data_class"))),
                ConsentAnswer.valueOf(row.getString("answer")),
                row.getString("notice_id"),
                row.getInt("notice_version"),
                row.getString("notice_language"),
                row.getString("notice_sha256"),
                Instant.ofEpochMilli(row.getLong("at_millis")),
                row.getString("how"));
    }
}
