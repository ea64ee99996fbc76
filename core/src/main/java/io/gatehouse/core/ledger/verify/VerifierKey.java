package io.gatehouse.core.ledger.verify;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The public key that a ledger's checkpoints are signed for, in the form of the C2SP {@code signed-note} specification:
 * {@code name+hash+key}, with an Ed25519 key (RFC 8032). Immutable and thread-safe.
 *
 * @param name      the ledger's name, 1 to 255 characters without space or {@code +}
 * @param publicKey the 32 bytes of the key
 */
public record VerifierKey(String name, byte[] publicKey) {
    static final int ID_BYTES = 4;

    private static final int KEY_BYTES = 32;
    private static final int MAX_NAME = 255;
    private static final byte ED25519 = 1;
    /** What stands before an Ed25519 key in X.509 (RFC 8410). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    public VerifierKey {
        requireName(name);
        if (publicKey.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "an Ed25519 public key has " + KEY_BYTES + " bytes, this one " + publicKey.length);
        }
        publicKey = publicKey.clone();
    }

    /**
     * Reads {@code name+hash+key}.
     *
     * @throws IllegalArgumentException if it is not of that form, or the hash is not that of name and key
     */
    public static VerifierKey parse(String text) {
        String[] parts = text.strip().split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a verifier key is written name+hash+key");
        }
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        if (typed.length != 1 + KEY_BYTES || typed[0] != ED25519) {
            throw new IllegalArgumentException("the verifier key of " + parts[0] + " is no Ed25519 key");
        }
        VerifierKey key = new VerifierKey(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
        if (!HexFormat.of().formatHex(key.id()).equals(parts[1])) {
            throw new IllegalArgumentException("the verifier key of " + parts[0] + " has the hash " + parts[1]
                    + ", but its name and key give another: it was mistyped or altered");
        }
        return key;
    }

    /** Checks a ledger's name, which is also its key's. */
    public static String requireName(String name) {
        if (name.isEmpty()
                || name.length() > MAX_NAME
                || name.chars().anyMatch(each -> Character.isWhitespace(each) || each == '+' || each < ' ')) {
            throw new IllegalArgumentException("a ledger's name has 1 to " + MAX_NAME
                    + " characters without spaces or '+', for example gate.example.com/ledger");
        }
        return name;
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** The 4 bytes that a signature names its key by. */
    byte[] id() {
        ByteArrayOutputStream named = new ByteArrayOutputStream();
        named.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        named.write('\n');
        named.write(ED25519);
        named.writeBytes(publicKey);
        return Arrays.copyOf(new Sha256().of(named.toByteArray()), ID_BYTES);
    }

    boolean verifies(byte[] message, byte[] signature) {
        try {
            byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + KEY_BYTES);
            System.arraycopy(publicKey, 0, encoded, X509_PREFIX.length, KEY_BYTES);
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(message);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException e) {
            // A key that is no point of the curve, or a signature of another length: nothing that it could verify.
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey key && name.equals(key.name) && Arrays.equals(publicKey, key.publicKey);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, Arrays.hashCode(publicKey));
    }

    /** {@code name+hash+key}, as {@link #parse} reads it. */
    @Override
    public String toString() {
        byte[] typed = new byte[1 + KEY_BYTES];
        typed[0] = ED25519;
        System.arraycopy(publicKey, 0, typed, 1, KEY_BYTES);
        return name + "+" + HexFormat.of().formatHex(id()) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }
}
