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
import org.jspecify.annotations.Nullable;

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
            """, """
            -- From here on person is a pseudonym, and how is sealed; where this is NULL they are in clear still.
            ALTER TABLE consent_event ADD COLUMN sealed_person BLOB;
            """, """
            -- When a yes ends by itself, and, sealed, who gave the answer in the person's place.
            ALTER TABLE consent_event ADD COLUMN expires_millis INTEGER;
            ALTER TABLE consent_event ADD COLUMN sealed_guardian TEXT;
            CREATE INDEX consent_event_expiry ON consent_event (expires_millis, id) WHERE expires_millis IS NOT NULL;
            """, """
            CREATE INDEX consent_event_at ON consent_event (at_millis, id);
            """);

    /** Of answers that are the last of their subject and no yes, and of which nothing is left to be done. */
    private static final String ENDED = "e.answer <> 'GIVEN' AND NOT EXISTS (SELECT 1 FROM consent_event n"
            + " WHERE n.person = e.person AND n.purpose = e.purpose AND n.data_class = e.data_class AND n.seq > e.seq)"
            + " AND NOT EXISTS (SELECT 1 FROM consent_follow_up f WHERE f.event_id = e.id)"
            + " AND NOT EXISTS (SELECT 1 FROM consent_outbox o WHERE o.change_id = e.id) ";

    private static final String RECORD =
            "SELECT e.id, e.person, e.sealed_person, e.purpose, e.data_class, e.answer, e.notice_id,"
                    + " e.notice_version, e.notice_language, e.notice_sha256, e.at_millis, e.how, e.expires_millis,"
                    + " e.sealed_guardian FROM consent_event e ";

    private ConsentTables() {}

    static Optional<StoredAnswer> last(Connection connection, String pseudonym, Purpose purpose, DataClass dataClass)
            throws SQLException {
        String sql = RECORD + "WHERE e.person = ? AND e.purpose = ? AND e.data_class = ? ORDER BY e.seq DESC LIMIT 1";
        return answers(connection, sql, pseudonym, purpose.value(), dataClass.value()).stream()
                .findFirst();
    }

    static List<StoredAnswer> history(Connection connection, String pseudonym) throws SQLException {
        return answers(connection, RECORD + "WHERE e.person = ? ORDER BY e.purpose, e.data_class, e.seq", pseudonym);
    }

    static List<StoredAnswer> unfinished(Connection connection) throws SQLException {
        return answers(
                connection, RECORD + "JOIN consent_follow_up f ON f.event_id = e.id ORDER BY e.at_millis, e.seq");
    }

    static List<StoredAnswer> unrecorded(Connection connection, int limit) throws SQLException {
        return answers(
                connection,
                RECORD + "JOIN consent_outbox o ON o.change_id = e.id ORDER BY e.at_millis, e.seq LIMIT ?",
                limit);
    }

    /** The purposes for which the person's last word on these data is yes, and not over at this time. */
    static Set<Purpose> consents(Connection connection, StoredAnswer subject, Instant now) throws SQLException {
        Set<Purpose> purposes = new HashSet<>();
        for (StoredAnswer each : history(connection, subject.pseudonym())) {
            if (each.dataClass().equals(subject.dataClass())) {
                if (each.isYesAt(now)) {
                    purposes.add(each.purpose());
                } else {
                    purposes.remove(each.purpose());
                }
            }
        }
        return purposes;
    }

    /** Ended answers by then, after one of this time and id. */
    static List<StoredAnswer> ended(Connection connection, long until, long afterMillis, String afterId, int limit)
            throws SQLException {
        return answers(
                connection,
                RECORD + "WHERE e.at_millis <= ? AND (e.at_millis > ? OR (e.at_millis = ? AND e.id > ?)) AND " + ENDED
                        + "ORDER BY e.at_millis, e.id LIMIT ?",
                until,
                afterMillis,
                afterMillis,
                afterId,
                limit);
    }

    static boolean isEnded(Connection connection, UUID id) throws SQLException {
        return !answers(connection, RECORD + "WHERE e.id = ? AND " + ENDED, id.toString())
                .isEmpty();
    }

    static Optional<StoredAnswer> find(Connection connection, UUID id) throws SQLException {
        return answers(connection, RECORD + "WHERE e.id = ?", id.toString()).stream()
                .findFirst();
    }

    /** Deletes an ended answer and all before it about the same; none if the person answered again meanwhile. */
    static int deleteEnded(Connection connection, UUID id) throws SQLException {
        Optional<StoredAnswer> last = isEnded(connection, id) ? find(connection, id) : Optional.empty();
        return last.isEmpty()
                ? 0
                : update(
                        connection,
                        "DELETE FROM consent_event WHERE person = ? AND purpose = ? AND data_class = ?",
                        last.get().pseudonym(),
                        last.get().purpose().value(),
                        last.get().dataClass().value());
    }

    /** Answers that are the last of their subject, whose time is over; after an id within a time, for reading on. */
    static List<StoredAnswer> over(Connection connection, Instant now, @Nullable StoredAnswer after, int limit)
            throws SQLException {
        long afterMillis =
                after == null ? Long.MIN_VALUE : after.expiresAt().orElseThrow().toEpochMilli();
        return answers(
                connection,
                RECORD + "WHERE e.expires_millis <= ? AND e.answer = 'GIVEN'"
                        + " AND (e.expires_millis > ? OR (e.expires_millis = ? AND e.id > ?))"
                        + " AND NOT EXISTS (SELECT 1 FROM consent_event n WHERE n.person = e.person"
                        + " AND n.purpose = e.purpose AND n.data_class = e.data_class AND n.seq > e.seq)"
                        + " ORDER BY e.expires_millis, e.id LIMIT ?",
                now.toEpochMilli(),
                afterMillis,
                afterMillis,
                after == null ? "" : after.id().toString(),
                limit);
    }

    static void insert(Connection connection, StoredAnswer answer) throws SQLException {
        int updated = update(
                connection,
                "INSERT INTO consent_event (person, sealed_person, purpose, data_class, seq, id, answer, notice_id,"
                        + " notice_version, notice_language, notice_sha256, at_millis, how, expires_millis, sealed_guardian)"
                        + " SELECT ?, ?, ?, ?,"
                        + " COALESCE(MAX(seq), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " CAST(? AS BIGINT), ? FROM consent_event"
                        + " WHERE person = ? AND purpose = ? AND data_class = ?",
                answer.pseudonym(),
                answer.sealedPerson(),
                answer.purpose().value(),
                answer.dataClass().value(),
                answer.id().toString(),
                answer.answer().name(),
                answer.noticeId(),
                answer.noticeVersion(),
                answer.noticeLanguage(),
                answer.noticeSha256(),
                answer.at().toEpochMilli(),
                answer.sealedHow(),
                answer.expiresAt().map(Instant::toEpochMilli).orElse(null),
                answer.sealedGuardian().orElse(null),
                answer.pseudonym(),
                answer.purpose().value(),
                answer.dataClass().value());
        if (updated != 1) {
            throw new SQLException("a consent answer became " + updated + " rows");
        }
    }

    /** Answers that an earlier version of these tables wrote, with people in clear. */
    static List<ConsentRecord> inClear(Connection connection, int limit) throws SQLException {
        List<ConsentRecord> records = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement(RECORD + "WHERE e.sealed_person IS NULL ORDER BY e.id LIMIT ?")) {
            select.setInt(1, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    StoredAnswer clear = answer(row, new byte[0]);
                    records.add(new ConsentRecord(
                            clear.id(),
                            new ConsentSubject(PersonId.of(clear.pseudonym()), clear.purpose(), clear.dataClass()),
                            clear.answer(),
                            clear.noticeId(),
                            clear.noticeVersion(),
                            clear.noticeLanguage(),
                            clear.noticeSha256(),
                            clear.at(),
                            clear.sealedHow(),
                            ConsentTerms.none()));
                }
            }
        }
        return records;
    }

    /** Puts what stands for the person in the place of the person, unless another program just did. */
    static void close(Connection connection, StoredAnswer answer) throws SQLException {
        update(
                connection,
                "UPDATE consent_event SET person = ?, sealed_person = ?, how = ? WHERE id = ? AND sealed_person IS NULL",
                answer.pseudonym(),
                answer.sealedPerson(),
                answer.sealedHow(),
                answer.id().toString());
    }

    static void delete(Connection connection, UUID id) throws SQLException {
        update(connection, "DELETE FROM consent_follow_up WHERE event_id = ?", id.toString());
        update(connection, "DELETE FROM consent_outbox WHERE change_id = ?", id.toString());
        update(connection, "DELETE FROM consent_event WHERE id = ?", id.toString());
    }

    static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static List<StoredAnswer> answers(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            List<StoredAnswer> answers = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    byte[] sealedPerson = row.getBytes("sealed_person");
                    if (sealedPerson == null) {
                        throw new SQLException("answer " + row.getString("id") + " is in clear: an older program"
                                + " wrote it since this one began; end that one and begin again");
                    }
                    answers.add(answer(row, sealedPerson));
                }
            }
            return answers;
        }
    }

    private static StoredAnswer answer(ResultSet row, byte[] sealedPerson) throws SQLException {
        return new StoredAnswer(
                UUID.fromString(row.getString("id")),
                row.getString("person"),
                sealedPerson,
                Purpose.of(row.getString("purpose")),
                DataClass.of(row.getString("data_class")),
                ConsentAnswer.valueOf(row.getString("answer")),
                row.getString("notice_id"),
                row.getInt("notice_version"),
                row.getString("notice_language"),
                row.getString("notice_sha256"),
                Instant.ofEpochMilli(row.getLong("at_millis")),
                row.getString("how"),
                Optional.ofNullable((Number) row.getObject("expires_millis"))
                        .map(millis -> Instant.ofEpochMilli(millis.longValue())),
                Optional.ofNullable(row.getString("sealed_guardian")));
    }
}
