package io.gatehouse.core.vault;

import io.gatehouse.core.vault.VaultTables.Wrapped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/**
 * The stored keys of a subject, and whether any is missing.
 *
 * @param isLost whether keys are gone that nobody destroyed
 */
record StoredKeys(List<Wrapped> newestFirst, boolean isLost) {
    /** Of a subject, which is a hash under a key, in a message. */
    private static final int SHOWN_BYTES = 8;

    static StoredKeys of(Connection connection, byte[] subject) throws SQLException {
        return new StoredKeys(VaultTables.keysOf(connection, subject), hasLost(connection, subject));
    }

    /** Whether keys of a subject are gone that nobody destroyed: all of them, or one of several but the newest. */
    private static boolean hasLost(Connection connection, byte[] subject) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT (SELECT count(*) FROM vault_subject s WHERE s.subject = ?"
                        + " AND NOT EXISTS (SELECT 1 FROM vault_shredded d WHERE d.subject = s.subject)),"
                        + " count(*), coalesce(max(generation), 0) FROM vault_key WHERE subject = ?")) {
            select.setBytes(1, subject);
            select.setBytes(2, subject);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                long keys = rows.getLong(2);
                return (rows.getLong(1) > 0 && keys == 0) || keys != rows.getLong(3);
            }
        }
    }

    /**
     * The keys, the newest first; none if none was made yet, or they were shredded.
     *
     * @throws VaultException if one is missing
     */
    List<Wrapped> sound(byte[] subject) throws VaultException {
        if (isLost) {
            throw new VaultException("A key of subject " + HexFormat.of().formatHex(subject, 0, SHOWN_BYTES)
                    + " is gone from the database although it was never shredded: the database was damaged. Restore the"
                    + " last backup; or shred the person's data class, if its data may be lost.");
        }
        return newestFirst;
    }
}
