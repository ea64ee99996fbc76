package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.Purpose;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The statements on this room's tables of notices and of which one is in force. */
final class NoticeTables {
    private static final String IN_FORCE =
            "SELECT f.id, f.purpose, f.data_class, f.notice_id, f.version, f.at_millis FROM consent_in_force f ";

    private NoticeTables() {}

    /** A notice version that came into force. */
    record InForce(UUID id, Purpose purpose, DataClass dataClass, String noticeId, int version, Instant at) {
        boolean isVersionOf(StoredAnswer answer) {
            return noticeId.equals(answer.noticeId()) && version == answer.noticeVersion();
        }
    }

    /** Keeps the text; refuses another text under the same name. */
    static void keep(Connection connection, Notice notice) throws SQLException {
        Optional<Notice> kept = find(connection, notice.id(), notice.version(), notice.language());
        if (kept.isEmpty()) {
            ConsentTables.update(
                    connection,
                    "INSERT INTO consent_notice (notice_id, version, language, sha256, text) VALUES (?, ?, ?, ?, ?)",
                    notice.id(),
                    notice.version(),
                    notice.language(),
                    notice.sha256(),
                    notice.text());
        } else if (!kept.get().equals(notice)) {
            throw new IllegalArgumentException("notice " + notice.id() + " version " + notice.version() + " in "
                    + notice.language() + " was published with another text: give the new one a new version");
        }
    }

    static Optional<Notice> find(Connection connection, String id, int version, String language) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT text, sha256 FROM consent_notice WHERE notice_id = ? AND version = ? AND language = ?")) {
            ConsentTables.bind(select, id, version, language);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Notice(id, version, language, row.getString("text"), row.getString("sha256")))
                        : Optional.empty();
            }
        }
    }

    static Optional<InForce> inForce(Connection connection, Purpose purpose, DataClass dataClass) throws SQLException {
        return changes(
                        connection,
                        IN_FORCE + "WHERE f.purpose = ? AND f.data_class = ? ORDER BY f.seq DESC LIMIT 1",
                        purpose.value(),
                        dataClass.value())
                .stream()
                .findFirst();
    }

    /** Whether this very notice is or was in force for this purpose and data class. */
    static boolean wasInForce(Connection connection, Notice notice, ConsentSubject subject) throws SQLException {
        return find(connection, notice.id(), notice.version(), notice.language())
                        .filter(notice::equals)
                        .isPresent()
                && !changes(
                                connection,
                                IN_FORCE + "WHERE f.purpose = ? AND f.data_class = ? AND f.notice_id = ?"
                                        + " AND f.version = ? LIMIT 1",
                                subject.purpose().value(),
                                subject.dataClass().value(),
                                notice.id(),
                                notice.version())
                        .isEmpty();
    }

    static void putInForce(Connection connection, InForce change) throws SQLException {
        ConsentTables.update(
                connection,
                "INSERT INTO consent_in_force (purpose, data_class, seq, id, notice_id, version, at_millis)"
                        + " SELECT ?, ?, COALESCE(MAX(seq), 0) + 1, ?, ?, ?, ? FROM consent_in_force"
                        + " WHERE purpose = ? AND data_class = ?",
                change.purpose().value(),
                change.dataClass().value(),
                change.id().toString(),
                change.noticeId(),
                change.version(),
                change.at().toEpochMilli(),
                change.purpose().value(),
                change.dataClass().value());
    }

    static List<InForce> unrecorded(Connection connection, int limit) throws SQLException {
        return changes(
                connection,
                IN_FORCE + "JOIN consent_outbox o ON o.change_id = f.id ORDER BY f.at_millis, f.seq LIMIT ?",
                limit);
    }

    private static List<InForce> changes(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            ConsentTables.bind(select, values);
            List<InForce> changes = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    changes.add(new InForce(
                            UUID.fromString(row.getString("id")),
                            Purpose.of(row.getString("purpose")),
                            DataClass.of(row.getString("data_class")),
                            row.getString("notice_id"),
                            row.getInt("version"),
                            Instant.ofEpochMilli(row.getLong("at_millis"))));
                }
            }
            return changes;
        }
    }
}
