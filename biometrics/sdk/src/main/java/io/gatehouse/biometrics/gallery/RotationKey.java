package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.protect.TemplateProtector;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;

/** The secret by which the references of one purpose are turned, sealed in the store, in a table of {@link ReferenceTable}. */
final class RotationKey {
    private RotationKey() {}

    /** The key, made on first use; the caller overwrites it. */
    static byte[] of(Store store, Vault vault, Purpose purpose, SecureRandom random) throws IOException {
        String secret = "gallery-rotation-" + purpose;
        Optional<byte[]> sealed = store.read(connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT sealed FROM gallery_key WHERE purpose = ?")) {
                query.setString(1, purpose.value());
                ResultSet row = query.executeQuery();
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        });
        if (sealed.isPresent()) {
            return vault.openSecret(secret, sealed.get());
        }
        byte[] key = TemplateProtector.newKey(random);
        byte[] toKeep = vault.sealSecret(secret, key);
        store.write(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO gallery_key (purpose, sealed) VALUES (?, ?)")) {
                insert.setString(1, purpose.value());
                insert.setBytes(2, toKeep);
                return insert.executeUpdate();
            }
        });
        return key;
    }
}
