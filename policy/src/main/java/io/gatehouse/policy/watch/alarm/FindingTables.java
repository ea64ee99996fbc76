package io.gatehouse.policy.watch.alarm;

import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.policy.watch.Finding;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Which findings count for which alarm: so that each counts once, however often it comes. */
final class FindingTables {
    static final String SCRIPT = """
            CREATE TABLE alarm_finding (
              finding_id TEXT NOT NULL PRIMARY KEY, alarm_id TEXT NOT NULL, at_millis INTEGER NOT NULL);
            CREATE INDEX alarm_finding_alarm ON alarm_finding (alarm_id, at_millis);
            """;

    private final Store store;

    FindingTables(Store store) {
        this.store = store;
    }

    /** How many findings an alarm has, and when the latest was. */
    record Counted(int count, Optional<Instant> latest) {}

    /** Those of them that were taken before. */
    Set<UUID> known(Set<UUID> findings) throws StoreException {
        return store.read(connection -> {
            Set<UUID> known = new HashSet<>();
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT 1 FROM alarm_finding WHERE finding_id = ?")) {
                for (UUID finding : findings) {
                    select.setString(1, finding.toString());
                    try (ResultSet row = select.executeQuery()) {
                        if (row.next()) {
                            known.add(finding);
                        }
                    }
                }
            }
            return known;
        });
    }

    void count(Finding finding, UUID alarm) throws StoreException {
        store.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO alarm_finding (finding_id, alarm_id, at_millis) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")) {
                insert.setString(1, finding.id().toString());
                insert.setString(2, alarm.toString());
                insert.setLong(3, finding.at().toEpochMilli());
                return insert.executeUpdate();
            }
        });
    }

    Counted counted(UUID alarm) throws StoreException {
        return store.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT COUNT(*), MAX(at_millis) FROM alarm_finding WHERE alarm_id = ?")) {
                select.setString(1, alarm.toString());
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    int count = row.getInt(1);
                    return new Counted(
                            count, count == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(row.getLong(2))));
                }
            }
        });
    }
}
