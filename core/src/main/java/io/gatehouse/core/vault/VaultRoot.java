package io.gatehouse.core.vault;

import com.google.crypto.tink.subtle.Random;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.vault.VaultTables.Root;
import io.gatehouse.core.vault.VaultTables.Wrapped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * The vault's own keys in use. The store key wraps the data keys and the two others: the secrets key, which seals
 * secrets of the installation, and the index key, which names subjects. Secrets lie with the rooms that own them, where
 * the vault cannot seal them again; so their key is one of its own, which keeps its older versions when the store key
 * changes. Immutable and thread-safe.
 */
final class VaultRoot {
    private static final byte[] INDEX_KEY = utf8("gatehouse vault index key v1");
    private static final byte[] SECRETS_KEY = utf8("gatehouse vault secrets key v1");
    private static final byte[] DATA_KEY = utf8("gatehouse vault data key v1");
    private static final byte[] SHRED_LIST = utf8("gatehouse vault shred list v1");

    private final Keyset storeKey;
    private final Keyset secretsKey;
    private final HmacKey indexKey;

    private VaultRoot(Keyset storeKey, Keyset secretsKey, HmacKey indexKey) {
        this.storeKey = storeKey;
        this.secretsKey = secretsKey;
        this.indexKey = indexKey;
    }

    static VaultRoot make() {
        byte[] index = Random.randBytes(AesGcm.KEY_BYTES);
        try {
            return new VaultRoot(Keyset.generate(), Keyset.generate(), new HmacKey(index));
        } finally {
            Arrays.fill(index, (byte) 0);
        }
    }

    /** The stored keys, opened by asking the key-encryption key once. */
    static VaultRoot open(Root stored, KeyEncryptionKey outer) throws IOException {
        byte[] clear = outer.unwrap(stored.storeKey());
        byte[] index = {};
        byte[] secrets = {};
        try {
            Keyset storeKey = Keyset.parse(clear);
            index = storeKey.open(stored.indexKey(), INDEX_KEY);
            byte[] sealedSecrets = stored.secretsKey();
            // Version 1 had none: its store key, which sealed the secrets then, becomes the first secrets key.
            secrets = sealedSecrets == null ? clear.clone() : storeKey.open(sealedSecrets, SECRETS_KEY);
            return new VaultRoot(storeKey, Keyset.parse(secrets), new HmacKey(index));
        } catch (GeneralSecurityException e) {
            throw new VaultException("The vault's own keys were altered: restore the last backup.", e);
        } finally {
            Arrays.fill(clear, (byte) 0);
            Arrays.fill(index, (byte) 0);
            Arrays.fill(secrets, (byte) 0);
        }
    }

    /**
     * The keys as they are stored. That the outer key opens what it wrapped is tried first, for after this it alone does.
     *
     * @throws VaultException if it does not
     */
    Root sealed(KeyEncryptionKey outer) throws IOException {
        byte[] clear = storeKey.serialize();
        byte[] back = {};
        byte[] index = indexKey.getEncoded();
        try {
            byte[] wrapped = outer.wrap(clear);
            back = outer.unwrap(wrapped);
            if (!Arrays.equals(clear, back)) {
                throw new VaultException(
                        "The " + outer.kind() + " does not open what it wrapped: nothing was changed.");
            }
            return new Root(wrapped, storeKey.seal(index, INDEX_KEY), secretsKey.sealedBy(storeKey, SECRETS_KEY));
        } finally {
            Arrays.fill(clear, (byte) 0);
            Arrays.fill(back, (byte) 0);
            Arrays.fill(index, (byte) 0);
        }
    }

    /** The stored keys with the secrets key, which version 1 had not. */
    Root withSecretsKey(Root stored) {
        return new Root(stored.storeKey(), stored.indexKey(), secretsKey.sealedBy(storeKey, SECRETS_KEY));
    }

    /** New store and secrets keys in front; the old ones still open. */
    VaultRoot withNewKeys() {
        return new VaultRoot(storeKey.withNewPrimary(), secretsKey.withNewPrimary(), indexKey);
    }

    /** Without the old store keys. */
    VaultRoot withoutOldStoreKeys() {
        return new VaultRoot(storeKey.withoutOthers(), secretsKey, indexKey);
    }

    boolean hasOldStoreKeys() {
        return storeKey.hasOthers();
    }

    byte[] sealSecret(byte[] clear, byte[] associated) {
        return secretsKey.seal(clear, associated);
    }

    byte[] openSecret(byte[] sealed, byte[] associated) throws GeneralSecurityException {
        return secretsKey.open(sealed, associated);
    }

    /** HMAC-SHA-256 of data class and person: the same each time, and without the key it tells neither. */
    byte[] subject(PersonId person, DataClass dataClass) {
        return indexKey.hash(utf8(dataClass.value() + "\0" + person.value()));
    }

    /** The key that lists of shreddings are authenticated by: it stays the same through every rotation. */
    HmacKey shredListKey() {
        byte[] derived = indexKey.hash(SHRED_LIST);
        try {
            return new HmacKey(derived);
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    /** A new key for a subject, to be stored. */
    Wrapped makeKey(byte[] subject) {
        byte[] id = Random.randBytes(DataKey.ID_BYTES);
        byte[] fresh = Random.randBytes(AesGcm.KEY_BYTES);
        try {
            return new Wrapped(id, subject, storeKey.seal(fresh, associated(id, subject)));
        } finally {
            Arrays.fill(fresh, (byte) 0);
        }
    }

    /** A stored key, ready for use. */
    DataKey unwrap(Wrapped wrapped) throws VaultException {
        byte[] bytes = clear(wrapped);
        try {
            return DataKey.of(wrapped.id(), wrapped.subject(), bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    boolean isUpToDate(Wrapped wrapped) {
        return storeKey.isByPrimary(wrapped.key());
    }

    /** The same key, wrapped by the newest store key. */
    Wrapped rewrap(Wrapped wrapped) throws VaultException {
        byte[] bytes = clear(wrapped);
        try {
            return new Wrapped(
                    wrapped.id(), wrapped.subject(), storeKey.seal(bytes, associated(wrapped.id(), wrapped.subject())));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private byte[] clear(Wrapped wrapped) throws VaultException {
        try {
            return storeKey.open(wrapped.key(), associated(wrapped.id(), wrapped.subject()));
        } catch (GeneralSecurityException e) {
            throw new VaultException("A stored data key was altered: restore the last backup.", e);
        }
    }

    private static byte[] associated(byte[] id, byte[] subject) {
        return ByteBuffer.allocate(DATA_KEY.length + id.length + subject.length)
                .put(DATA_KEY)
                .put(id)
                .put(subject)
                .array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Wipes what can be wiped: the index key. Tink keeps its keys until the garbage collector takes them. */
    void wipe() {
        indexKey.destroy();
    }

    @Override
    public String toString() {
        return "VaultRoot[redacted]";
    }
}
