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

/**
 * Ed25519 public keys (RFC 8032) in the forms of the C2SP {@code signed-note} specification: their text
 * {@code name+hash+key} and the 4 bytes that a signature names them by. A type byte tells what they sign. Stateless.
 */
final class NoteKeyCodec {
    static final int ID_BYTES = 4;
    static final int KEY_BYTES = 32;

    /** Signs the text of a note. */
    static final byte ED25519 = 1;

    /** Signs a time and the text, as C2SP {@code tlog-cosignature} says. */
    static final byte ED25519_COSIGNATURE = 4;

    private static final int MAX_NAME = 255;
    /** What stands before an Ed25519 key in X.509 (RFC 8410). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private NoteKeyCodec() {}

    /** Checks a key's name. */
    static String requireName(String name) {
        if (name.isEmpty()
                || name.length() > MAX_NAME
                || name.chars().anyMatch(each -> Character.isWhitespace(each) || each == '+' || each < ' ')) {
            throw new IllegalArgumentException("the name of a ledger or a witness has 1 to " + MAX_NAME
                    + " characters without spaces or '+', for example gate.example.com/ledger");
        }
        return name;
    }

    static byte[] requireKey(byte[] publicKey) {
        if (publicKey.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "an Ed25519 public key has " + KEY_BYTES + " bytes, this one " + publicKey.length);
        }
        return publicKey.clone();
    }

    /** What {@link #parse} reads. */
    record Parsed(String name, byte[] publicKey) {}

    static Parsed parse(String text, byte type) {
        String[] parts = text.strip().split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a verifier key is written name+hash+key");
        }
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        if (typed.length != 1 + KEY_BYTES || typed[0] != type) {
            throw new IllegalArgumentException("the verifier key of " + parts[0] + " is no Ed25519 key of the type "
                    + type + " (1 is a ledger's, 4 a witness's)");
        }
        byte[] publicKey = Arrays.copyOfRange(typed, 1, typed.length);
        if (!HexFormat.of()
                .formatHex(id(requireName(parts[0]), type, publicKey))
                .equals(parts[1])) {
            throw new IllegalArgumentException("the verifier key of " + parts[0] + " has the hash " + parts[1]
                    + ", but its name and key give another: it was mistyped or altered");
        }
        return new Parsed(parts[0], publicKey);
    }

    static String format(String name, byte type, byte[] publicKey) {
        return name + "+" + HexFormat.of().formatHex(id(name, type, publicKey)) + "+"
                + Base64.getEncoder().encodeToString(typed(type, publicKey));
    }

    private static byte[] typed(byte type, byte[] publicKey) {
        byte[] typed = new byte[1 + KEY_BYTES];
        typed[0] = type;
        System.arraycopy(publicKey, 0, typed, 1, KEY_BYTES);
        return typed;
    }

    static byte[] id(String name, byte type, byte[] publicKey) {
        ByteArrayOutputStream named = new ByteArrayOutputStream();
        named.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        named.write('\n');
        named.writeBytes(typed(type, publicKey));
        return Arrays.copyOf(new Sha256().of(named.toByteArray()), ID_BYTES);
    }

    static boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
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
}
