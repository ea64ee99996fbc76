package io.gatehouse.core.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a backup directory's key does: names chunks by HMAC-SHA-256 of their content, so that equal ones are found and
 * nobody without the key can tell what is in them, and encrypts with AES-256-GCM, bound to the name. Thread-safe.
 */
final class BackupCipher {
    static final int KEY_BYTES = 32;
    static final int NAME_BYTES = 32;
    /** What encryption adds. */
    static final int OVERHEAD_BYTES = 12 + 16;

    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec naming;
    private final SecretKeySpec sealing;
    private final SecureRandom random;

    /** From the directory's key, which the caller wipes. */
    BackupCipher(byte[] key, SecureRandom random) {
        SecretKeySpec master = new SecretKeySpec(key, HMAC);
        this.naming = new SecretKeySpec(hmac(master, bytes("gatehouse backup names v1")), HMAC);
        byte[] sealingKey = hmac(master, bytes("gatehouse backup contents v1"));
        this.sealing = new SecretKeySpec(sealingKey, "AES");
        Arrays.fill(sealingKey, (byte) 0);
        this.random = random;
    }

    byte[] name(byte[] content) {
        return hmac(naming, content);
    }

    byte[] seal(String name, byte[] clear) {
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, iv, name).doFinal(clear);
            return ByteBuffer.allocate(iv.length + sealed.length)
                    .put(iv)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encryption failed, which depends on nothing from outside", e);
        }
    }

    /** Throws if the bytes were altered or have another name. */
    byte[] open(String name, byte[] sealed) throws GeneralSecurityException {
        if (sealed.length < OVERHEAD_BYTES) {
            throw new GeneralSecurityException("cut to " + sealed.length + " bytes");
        }
        return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, IV_BYTES), name)
                .doFinal(sealed, IV_BYTES, sealed.length - IV_BYTES);
    }

    private Cipher cipher(int mode, byte[] iv, String name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(bytes("gatehouse backup v1\0" + name));
        return cipher;
    }

    private static byte[] hmac(SecretKeySpec key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "BackupCipher[redacted]";
    }
}
