package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.protect.ExchangeTerms;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which exports were taken in, until they expire, in a table of {@link ReferenceTable}. The last one stays, so that a clock
 * that was put back is noticed: else it would make what expired valid again after it was forgotten. Thread-safe.
 */
record ImportTable(Store store, Purpose purpose) {
    /** So far may the clocks of two sites be apart. */
    static final Duration APART = Duration.ofMinutes(5);

    /** Why an export is not taken now, by its times and by what was taken before: the end of a reason's code. */
    Optional<String> refusal(ExchangeTerms terms, Instant now) throws StoreException {
        Optional<Instant> last = store.read(this::last);
        if (last.isPresent() && now.isBefore(last.get().minus(APART))) {
            return Optional.of("clock");
        }
        if (now.isBefore(terms.issuedAt().minus(APART))) {
            return Optional.of("not-yet");
        }
        if (!now.isBefore(terms.expiresAt())) {
            return Optional.of("expired");
        }
        return store.read(connection -> isTaken(connection, terms)) ? Optional.of("replayed") : Optional.empty();
    }

    /** Notes that an export is taken; false if it was before. */
    boolean take(ExchangeTerms terms, Instant now) throws StoreException {
        return store.write(connection -> {
            if (isTaken(connection, terms)) {
                return false;
            }
            try (PreparedStatement delete = connection.prepareStatement(
                            "DELETE FROM gallery_import WHERE purpose = ? AND expires_at_millis < ?");
                    PreparedStatement insert = connection.prepareStatement("INSERT INTO gallery_import"
                            + " (purpose, id, expires_at_millis, taken_at_millis) VALUES (?, ?, ?, ?)")) {
                delete.setString(1, purpose.value());
                delete.setLong(2, now.minus(APART).toEpochMilli());
                delete.executeUpdate();
                insert.setString(1, purpose.value());
                insert.setString(2, terms.id().toString());
                insert.setLong(3, terms.expiresAt().toEpochMilli());
                insert.setLong(4, now.toEpochMilli());
                return insert.executeUpdate() > 0;
            }
        });
    }

    private boolean isTaken(Connection connection, ExchangeTerms terms) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT 1 FROM gallery_import WHERE purpose = ? AND id = ?")) {
            query.setString(1, purpose.value());
            query.setString(2, terms.id().toString());
            return query.executeQuery().next();
        }
    }

    private Optional<Instant> last(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT max(taken_at_millis) FROM gallery_import WHERE purpose = ?")) {
            query.setString(1, purpose.value());
            ResultSet row = query.executeQuery();
            long millis = row.next() ? row.getLong(1) : 0;
            return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
        }
    }
}
