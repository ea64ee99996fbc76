package io.gatehouse.core.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * A Tink keyset of AES-256-GCM keys, which seals by its primary key and opens by any of them. What it sealed begins with
 * the byte 1 and the 4 bytes of the key's id. Immutable and thread-safe.
 */
final class Keyset {
    private static final int PREFIX_BYTES = 1 + Integer.BYTES;

    private final KeysetHandle handle;
    private final Aead aead;

    private Keyset(KeysetHandle handle) throws GeneralSecurityException {
        this.handle = handle;
        this.aead = handle.getPrimitive(AeadConfig2026.get(), Aead.class);
    }

    static Keyset generate() {
        return build(KeysetHandle.newBuilder());
    }

    /** This one with a new primary key; what the others sealed can still be opened. */
    Keyset withNewPrimary() {
        return build(KeysetHandle.newBuilder(handle));
    }

    private static Keyset build(KeysetHandle.Builder builder) {
        try {
            return new Keyset(builder.setConfiguration(AeadConfig2026.get())
                    .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                            .withRandomId()
                            .makePrimary())
                    .build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no AES-256-GCM", e);
        }
    }

    /** The primary key alone. */
    Keyset withoutOthers() {
        try {
            KeysetHandle.Entry primary = handle.getPrimary();
            return new Keyset(KeysetHandle.newBuilder()
                    .setConfiguration(AeadConfig2026.get())
                    .addEntry(KeysetHandle.importKey(primary.getKey())
                            .withFixedId(primary.getId())
                            .makePrimary())
                    .build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that is in use cannot be taken on alone", e);
        }
    }

    boolean hasOthers() {
        return handle.size() > 1;
    }

    /** The caller wipes its bytes. */
    static Keyset parse(byte[] clear) throws GeneralSecurityException {
        return new Keyset(
                TinkProtoKeysetFormat.parseKeyset(clear, InsecureSecretKeyAccess.get(), AeadConfig2026.get()));
    }

    /** In clear: the caller wipes the result. */
    byte[] serialize() {
        try {
            return TinkProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get(), AeadConfig2026.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a keyset of AES-256-GCM keys cannot be written", e);
        }
    }

    /** The keyset sealed by another. */
    byte[] sealedBy(Keyset outer, byte[] associated) {
        byte[] clear = serialize();
        try {
            return outer.seal(clear, associated);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    byte[] seal(byte[] clear, byte[] associated) {
        return AesGcm.encrypt(aead, clear, associated);
    }

    byte[] open(byte[] sealed, byte[] associated) throws GeneralSecurityException {
        return aead.decrypt(sealed, associated);
    }

    /** Whether the primary key sealed these bytes. */
    boolean isByPrimary(byte[] sealed) {
        return sealed.length > PREFIX_BYTES
                && ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt()
                        == handle.getPrimary().getId();
    }

    @Override
    public String toString() {
        return "Keyset[redacted]";
    }
}
