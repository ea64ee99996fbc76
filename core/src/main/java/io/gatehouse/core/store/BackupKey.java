package io.gatehouse.core.store;

import java.io.IOException;
import java.util.Objects;

/**
 * Port to the key that backups are encrypted under: it wraps one random key of the backup directory. The vault's outermost
 * key fits: {@code BackupKey.of(outer::wrap, outer::unwrap)}, be it a passphrase (Argon2id), a file or a key service.
 * Whoever loses it loses the backups, so keep it apart from both database and backups. Implementations are thread-safe.
 */
public interface BackupKey {
    /** Encrypts a key; the result carries what {@link #unwrap} needs besides the outermost key, such as a salt. */
    byte[] wrap(byte[] key) throws IOException;

    /**
     * Decrypts what {@link #wrap} made. The caller wipes the result.
     *
     * @throws IOException if this is not the key that wrapped it, or the bytes were altered
     */
    byte[] unwrap(byte[] wrapped) throws IOException;

    /** A key of two functions. */
    static BackupKey of(Step wrap, Step unwrap) {
        Objects.requireNonNull(wrap, "wrap");
        Objects.requireNonNull(unwrap, "unwrap");
        return new BackupKey() {
            @Override
            public byte[] wrap(byte[] key) throws IOException {
                return wrap.apply(key);
            }

            @Override
            public byte[] unwrap(byte[] wrapped) throws IOException {
                return unwrap.apply(wrapped);
            }
        };
    }

    /** One direction. */
    @FunctionalInterface
    interface Step {
        byte[] apply(byte[] bytes) throws IOException;
    }
}
