package io.gatehouse.codes.internal.signed;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.cbor.CborWriter;
import io.gatehouse.codes.internal.cose.CoseSign1;
import io.gatehouse.codes.internal.cose.CoseVerificationKey;
import io.gatehouse.codes.keys.IssuerKey;
import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * A payload signed with an issuer's key: COSE_Sign1 without a tag, its only headers a protected algorithm and key id. What
 * kind of payload it is goes into the signature as external data (RFC 9052 §4.4), so that none can be shown for another,
 * nor for a pass. Immutable by agreement: arrays are shared.
 */
public final class SignedPayload {
    private static final int ALG = 1;
    private static final int KID = 4;

    private final CoseSign1 envelope;
    private final KeyId key;

    private SignedPayload(CoseSign1 envelope, KeyId key) {
        this.envelope = envelope;
        this.key = key;
    }

    /** What is signed, by name; part of the format. */
    public enum Kind {
        STATUS_LIST("gatehouse status list"),
        BUNDLE("gatehouse bundle"),
        BUNDLE_KEY("gatehouse bundle key");

        private final String name;

        Kind(String name) {
            this.name = name;
        }

        private byte[] externalData() {
            return name.getBytes(StandardCharsets.US_ASCII);
        }
    }

    public static byte[] sign(Kind kind, byte[] payload, SigningKey key) {
        byte[] headers = new CborWriter()
                .mapHead(2)
                .integer(ALG)
                .integer(key.kind().coseAlgorithm())
                .integer(KID)
                .bytes(key.id().toBytes())
                .toByteArray();
        return CoseSign1.sign(headers, kind.externalData(), payload, key::sign);
    }

    /**
     * Reads the envelope; nothing is verified yet.
     *
     * @throws CborException if it has more than {@code maxLength} bytes or another shape
     */
    public static SignedPayload parse(byte[] message, int maxLength) throws CborException {
        CoseSign1 envelope = CoseSign1.parse(message, maxLength);
        if (!envelope.hasOnlyProtectedAlgorithmAndKeyId()) {
            throw new CborException("the headers are not a protected algorithm and key id alone");
        }
        KeyId key = envelope.keyId()
                .flatMap(KeyId::fromBytes)
                .orElseThrow(() -> new CborException("the key id has not 2 bytes"));
        return new SignedPayload(envelope, key);
    }

    /** The key that is said to have signed it. */
    public KeyId key() {
        return key;
    }

    /** Whether this key did; asks nothing about its state. */
    public boolean isSignedBy(Kind kind, IssuerKey issuer) {
        OptionalLong algorithm = envelope.algorithm();
        return issuer.id().equals(key)
                && algorithm.isPresent()
                && issuer.takes(algorithm.getAsLong())
                && envelope.isSignedBy(new TrustedKey(issuer), kind.externalData());
    }

    public byte[] payload() {
        return envelope.payload();
    }

    /** An issuer's key as COSE asks for it. */
    private record TrustedKey(IssuerKey key) implements CoseVerificationKey {
        @Override
        public boolean takes(long algorithm) {
            return key.takes(algorithm);
        }

        @Override
        public boolean verify(byte[] signed, byte[] signature) {
            return key.verify(signed, signature);
        }
    }
}
