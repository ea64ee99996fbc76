package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.protect.TemplateProtector;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The secret by which the references of one purpose are turned, sealed in the store, in tables of {@link ReferenceTable}.
 * Keys are numbered from 0 up; while one is renewed the next one is there too.
 *
 * @param generation the key's number
 * @param key        wiped by {@link #close}
 */
record RotationKey(long generation, byte[] key) implements AutoCloseable {
    /** The key in force and, while references are put under it, the next. */
    record Pair(RotationKey inForce, Optional<RotationKey> next) implements AutoCloseable {
        /** What new references are turned by. */
        RotationKey newest() {
            return next.orElse(inForce);
        }

        /** The same without the other, when nothing is under that any more. */
        Pair newestAlone() {
            return new Pair(newest(), Optional.empty());
        }

        @Override
        public void close() {
            inForce.close();
            next.ifPresent(RotationKey::close);
        }
    }

    private record Sealed(long generation, byte[] key, Optional<byte[]> next) {}

    /** The newest key, made on first use; the caller overwrites it. */
    static byte[] of(Store store, Vault vault, Purpose purpose, SecureRandom random) throws IOException {
        try (Pair pair = open(store, vault, purpose, random)) {
            return pair.newest().key.clone();
        }
    }

    /** The keys that there are; the first is made on first use. */
    static Pair open(Store store, Vault vault, Purpose purpose, SecureRandom random) throws IOException {
        Optional<Sealed> stored = store.read(connection -> read(connection, purpose));
        if (stored.isEmpty()) {
            RotationKey first = new RotationKey(0, TemplateProtector.newKey(random));
            insert(
                    store,
                    "INSERT INTO gallery_key (purpose, sealed) VALUES (?, ?)",
                    purpose,
                    first.sealed(vault, purpose));
            return new Pair(first, Optional.empty());
        }
        Sealed keys = stored.get();
        Optional<RotationKey> next = keys.next.isEmpty()
                ? Optional.empty()
                : Optional.of(opened(vault, purpose, keys.generation + 1, keys.next.get()));
        return new Pair(opened(vault, purpose, keys.generation, keys.key), next);
    }

    /** As {@link #open}, with a next key, which is made durable if there is none. */
    static Pair begin(Store store, Vault vault, Purpose purpose, SecureRandom random) throws IOException {
        Pair pair = open(store, vault, purpose, random);
        if (pair.next.isPresent()) {
            return pair;
        }
        RotationKey next = new RotationKey(pair.inForce.generation + 1, TemplateProtector.newKey(random));
        insert(
                store,
                "INSERT INTO gallery_next_key (purpose, sealed) VALUES (?, ?)",
                purpose,
                next.sealed(vault, purpose));
        return new Pair(pair.inForce, Optional.of(next));
    }

    /**
     * Puts the next key in the place of the other, which is destroyed.
     *
     * @return false, and nothing is changed, if a reference is under the old key still
     */
    static boolean finish(Store store, Purpose purpose, long generation) throws StoreException {
        return store.write(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT count(*) FROM gallery_reference WHERE purpose = ? AND key_generation < ?")) {
                query.setString(1, purpose.value());
                query.setLong(2, generation);
                ResultSet left = query.executeQuery();
                if (left.next() && left.getLong(1) > 0) {
                    return false;
                }
            }
            try (PreparedStatement update =
                            connection.prepareStatement("UPDATE gallery_key SET generation = ?, sealed ="
                                    + " (SELECT sealed FROM gallery_next_key WHERE purpose = ?) WHERE purpose = ?");
                    PreparedStatement delete =
                            connection.prepareStatement("DELETE FROM gallery_next_key WHERE purpose = ?")) {
                update.setLong(1, generation);
                update.setString(2, purpose.value());
                update.setString(3, purpose.value());
                delete.setString(1, purpose.value());
                update.executeUpdate();
                return delete.executeUpdate() > 0;
            }
        });
    }

    /** For whoever is about to keep a reference: a key that another program destroyed must not be used any more. */
    static boolean isInForce(Connection connection, Purpose purpose, long generation) throws SQLException {
        return read(connection, purpose)
                .map(keys -> keys.generation <= generation)
                .orElse(false);
    }

    private static Optional<Sealed> read(Connection connection, Purpose purpose) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT k.generation, k.sealed, n.sealed FROM"
                + " gallery_key k LEFT JOIN gallery_next_key n ON n.purpose = k.purpose WHERE k.purpose = ?")) {
            query.setString(1, purpose.value());
            ResultSet row = query.executeQuery();
            return row.next()
                    ? Optional.of(new Sealed(row.getLong(1), row.getBytes(2), Optional.ofNullable(row.getBytes(3))))
                    : Optional.empty();
        }
    }

    private static void insert(Store store, String sql, Purpose purpose, byte[] sealed) throws StoreException {
        store.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setString(1, purpose.value());
                insert.setBytes(2, sealed);
                return insert.executeUpdate();
            }
        });
    }

    private static RotationKey opened(Vault vault, Purpose purpose, long generation, byte[] sealed) throws IOException {
        return new RotationKey(generation, vault.openSecret(secret(purpose, generation), sealed));
    }

    private byte[] sealed(Vault vault, Purpose purpose) throws IOException {
        return vault.sealSecret(secret(purpose, generation), key);
    }

    private static String secret(Purpose purpose, long generation) {
        return "gallery-rotation-" + purpose + (generation == 0 ? "" : "/" + generation);
    }

    TemplateProtector protector(int dimension) {
        return TemplateProtector.of(key, dimension);
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
    }

    @Override
    public String toString() {
        return "RotationKey[" + generation + ", redacted]";
    }
}
