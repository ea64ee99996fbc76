package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts pseudonyms in the place of people in a database from before there were any, slice by slice, whichever purpose and
 * pack; what was done stays done when it is cut off, and the next start goes on. Rows that are dead are deleted.
 */
final class OldReferences {
    private static final int SLICE = 500;

    private final Store store;
    private final Vault vault;

    OldReferences(Store store, Vault vault) {
        this.store = store;
        this.vault = vault;
    }

    /** A row with its person in clear. */
    private record Row(String id, String purpose, PersonId person, byte[] sealed) {}

    void close() throws IOException {
        List<Row> rows = store.read(OldReferences::inClear);
        if (rows.isEmpty()) {
            return;
        }
        while (!rows.isEmpty()) {
            close(rows);
            rows = store.read(OldReferences::inClear);
        }
        // What stood there in clear must not stay behind in the database's files.
        store.scrub();
    }

    private static List<Row> inClear(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT id, purpose, person, sealed"
                + " FROM gallery_reference WHERE sealed_person IS NULL ORDER BY id LIMIT " + SLICE)) {
            List<Row> rows = new ArrayList<>();
            ResultSet result = query.executeQuery();
            while (result.next()) {
                rows.add(new Row(
                        result.getString(1),
                        result.getString(2),
                        PersonId.of(result.getString(3)),
                        result.getBytes(4)));
            }
            return rows;
        }
    }

    private void close(List<Row> rows) throws IOException {
        Map<String, Optional<Owner>> owners = new HashMap<>();
        for (Row row : rows) {
            // First: a key that was shredded must not be asked for a pseudonym.
            boolean isDead =
                    vault.open(row.person, DataClass.FACE_TEMPLATE, row.sealed).isEmpty();
            owners.put(row.id, isDead ? Optional.empty() : Optional.of(Owner.of(vault, row.person, row.purpose)));
        }
        write(owners);
    }

    private void write(Map<String, Optional<Owner>> owners) throws StoreException {
        store.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE gallery_reference SET person = ?,"
                            + " sealed_person = ? WHERE id = ? AND sealed_person IS NULL");
                    PreparedStatement delete =
                            connection.prepareStatement("DELETE FROM gallery_reference WHERE id = ?")) {
                for (Map.Entry<String, Optional<Owner>> each : owners.entrySet()) {
                    if (each.getValue().isPresent()) {
                        update.setString(1, each.getValue().get().pseudonym());
                        update.setBytes(2, each.getValue().get().sealed());
                        update.setString(3, each.getKey());
                        update.executeUpdate();
                    } else {
                        delete.setString(1, each.getKey());
                        delete.executeUpdate();
                    }
                }
                return owners.size();
            }
        });
    }
}
