package io.gatehouse.core.vault;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.LowLevelCryptoCaller;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.AesGcmParameters.Variant;
import com.google.crypto.tink.aead.subtle.AesGcmAead;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;

/** AES-256 in Galois/Counter Mode (NIST SP 800-38D) by Tink, from bare key bytes. */
final class AesGcm {
    static final int KEY_BYTES = 32;

    private static final int IV_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private AesGcm() {}

    /** Bare keys on purpose: a data key is one short row that can be destroyed, not a keyset that grows. */
    @AccessesPartialKey
    @LowLevelCryptoCaller
    static Aead of(byte[] key) {
        try {
            AesGcmParameters parameters = AesGcmParameters.builder()
                    .setKeySizeBytes(KEY_BYTES)
                    .setIvSizeBytes(IV_BYTES)
                    .setTagSizeBytes(TAG_BYTES)
                    .setVariant(Variant.NO_PREFIX)
                    .build();
            return AesGcmAead.create(AesGcmKey.builder()
                    .setParameters(parameters)
                    .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
                    .build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no AES-256-GCM", e);
        }
    }

    static byte[] encrypt(Aead aead, byte[] clear, byte[] associated) {
        try {
            return aead.encrypt(clear, associated);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encryption failed, which depends on nothing from outside", e);
        }
    }
}
