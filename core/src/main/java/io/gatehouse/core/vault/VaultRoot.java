package io.gatehouse.core.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.subtle.Random;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.VaultTables.Wrapped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * The store key in use: wraps data keys, seals secrets of the installation and names subjects. It is a Tink keyset, so
 * that what it sealed says by which key, and a later one can stand beside it. Thread-safe.
 */
final class VaultRoot {
    private static final byte[] INDEX_KEY = "gatehouse vault index key v1".getBytes(StandardCharsets.UTF_8);
    private static final byte[] DATA_KEY = "gatehouse vault data key v1".getBytes(StandardCharsets.UTF_8);

    private final Aead storeKey;
    private final SecretKeySpec indexKey;

    private VaultRoot(Aead storeKey, byte[] indexKey) {
        this.storeKey = storeKey;
        this.indexKey = new SecretKeySpec(indexKey, "HmacSHA256");
    }

    /** Opens the store's root, or makes it in a store that has none. */
    static VaultRoot open(Store store, KeyEncryptionKey outer) throws IOException {
        Optional<VaultTables.Root> stored = store.read(VaultTables::root);
        if (stored.isEmpty()) {
            VaultTables.Root made = make(outer);
            store.write(connection -> VaultTables.insertRoot(connection, made));
            stored = Optional.of(made);
        }
        byte[] keyset = outer.unwrap(stored.get().storeKey());
        try {
            Aead storeKey = aead(
                    TinkProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get(), AeadConfig2026.get()));
            byte[] indexKey = storeKey.decrypt(stored.get().indexKey(), INDEX_KEY);
            VaultRoot root = new VaultRoot(storeKey, indexKey);
            Arrays.fill(indexKey, (byte) 0);
            return root;
        } catch (GeneralSecurityException e) {
            throw new VaultException("The vault's own keys were altered: restore the last backup.", e);
        } finally {
            Arrays.fill(keyset, (byte) 0);
        }
    }

    private static VaultTables.Root make(KeyEncryptionKey outer) throws IOException {
        try {
            KeysetHandle fresh = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get());
            byte[] keyset =
                    TinkProtoKeysetFormat.serializeKeyset(fresh, InsecureSecretKeyAccess.get(), AeadConfig2026.get());
            byte[] indexKey = Random.randBytes(AesGcm.KEY_BYTES);
            try {
                return new VaultTables.Root(outer.wrap(keyset), aead(fresh).encrypt(indexKey, INDEX_KEY));
            } finally {
                Arrays.fill(keyset, (byte) 0);
                Arrays.fill(indexKey, (byte) 0);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no AES-256-GCM", e);
        }
    }

    private static Aead aead(KeysetHandle keyset) throws GeneralSecurityException {
        return keyset.getPrimitive(AeadConfig2026.get(), Aead.class);
    }

    byte[] seal(byte[] clear, byte[] associated) {
        return AesGcm.encrypt(storeKey, clear, associated);
    }

    byte[] open(byte[] sealed, byte[] associated) throws GeneralSecurityException {
        return storeKey.decrypt(sealed, associated);
    }

    /** HMAC-SHA-256 of data class and person: the same each time, and without the key it tells neither. */
    byte[] subject(PersonId person, DataClass dataClass) {
        return DataKey.hash(indexKey, (dataClass.value() + "\0" + person.value()).getBytes(StandardCharsets.UTF_8));
    }

    /** A new key for a subject, to be stored. */
    Wrapped makeKey(byte[] subject) {
        byte[] id = Random.randBytes(DataKey.ID_BYTES);
        byte[] fresh = Random.randBytes(AesGcm.KEY_BYTES);
        byte[] wrapped = seal(fresh, associated(id, subject));
        Arrays.fill(fresh, (byte) 0);
        return new Wrapped(id, subject, wrapped);
    }

    /** A stored key, ready for use. */
    DataKey unwrap(Wrapped wrapped) throws VaultException {
        try {
            byte[] bytes = open(wrapped.key(), associated(wrapped.id(), wrapped.subject()));
            DataKey key = DataKey.of(wrapped.id(), wrapped.subject(), bytes);
            Arrays.fill(bytes, (byte) 0);
            return key;
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
}
