package io.gatehouse.codes.internal.cose;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.cbor.CborReader;
import io.gatehouse.codes.internal.cbor.CborWriter;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A signed message with one signature, COSE_Sign1 (RFC 9052 §4.2). This general layer takes the algorithm and the key's
 * identifier from either header map and an optional tag 18, so that public vectors can be told right from wrong; what
 * a pass must look like is held by the profile above it. Immutable by agreement: arrays are shared, not copied.
 */
public final class CoseSign1 {
    /** The tag of COSE_Sign1. */
    public static final long TAG = 18;

    private static final String CONTEXT = "Signature1";
    private static final byte[] EMPTY = {};

    private final boolean tagged;
    private final byte[] protectedBytes;
    private final CoseHeaders protectedHeaders;
    private final CoseHeaders unprotectedHeaders;
    private final byte[] payload;
    private final byte[] signature;

    private CoseSign1(
            boolean tagged,
            byte[] protectedBytes,
            CoseHeaders protectedHeaders,
            CoseHeaders unprotectedHeaders,
            byte[] payload,
            byte[] signature) {
        this.tagged = tagged;
        this.protectedBytes = protectedBytes;
        this.protectedHeaders = protectedHeaders;
        this.unprotectedHeaders = unprotectedHeaders;
        this.payload = payload;
        this.signature = signature;
    }

    /**
     * Reads a message; nothing of it is verified yet.
     *
     * @throws CborException if it has more than {@code maxLength} bytes, another tag, or another shape
     */
    public static CoseSign1 parse(byte[] message, int maxLength) throws CborException {
        CborReader reader = CborReader.of(message, maxLength);
        boolean tagged = reader.nextIsTag();
        if (tagged) {
            long tag = reader.readTag();
            if (tag != TAG) {
                throw new CborException("tag " + tag + " instead of " + TAG + " (COSE_Sign1)");
            }
        }
        reader.readArrayHead(4, 4);
        byte[] protectedBytes = reader.readBytes(maxLength);
        CoseHeaders protectedHeaders = readProtected(protectedBytes);
        CoseHeaders unprotectedHeaders = CoseHeaders.read(reader);
        if (protectedHeaders.overlap(unprotectedHeaders)) {
            throw new CborException("the same header is both protected and unprotected");
        }
        byte[] payload = reader.readBytes(maxLength);
        byte[] signature = reader.readBytes(maxLength);
        reader.requireEnd();
        // RFC 9052 §4.4: without protected parameters an empty string is signed, however the empty map was sent.
        byte[] signedHeaders = protectedHeaders.count() == 0 ? EMPTY : protectedBytes;
        return new CoseSign1(tagged, signedHeaders, protectedHeaders, unprotectedHeaders, payload, signature);
    }

    /** Signs a payload; the message has no tag and no unprotected headers. */
    public static byte[] sign(byte[] protectedHeaders, byte[] payload, CoseSigner signer) {
        return sign(protectedHeaders, EMPTY, payload, signer);
    }

    /** Signs a payload with data from outside the message, which whoever verifies has to know. */
    public static byte[] sign(byte[] protectedHeaders, byte[] externalData, byte[] payload, CoseSigner signer) {
        byte[] signature = signer.sign(toBeSigned(protectedHeaders, externalData, payload));
        return new CborWriter()
                .arrayHead(4)
                .bytes(protectedHeaders)
                .mapHead(0)
                .bytes(payload)
                .bytes(signature)
                .toByteArray();
    }

    /** Whether the signature is that of this key over headers, payload and the data from outside the message. */
    public boolean isSignedBy(CoseVerificationKey key, byte[] externalData) {
        OptionalLong algorithm = algorithm();
        return algorithm.isPresent()
                && key.takes(algorithm.getAsLong())
                && key.verify(toBeSigned(protectedBytes, externalData, payload), signature);
    }

    public boolean isSignedBy(CoseVerificationKey key) {
        return isSignedBy(key, EMPTY);
    }

    /** The number of the algorithm, wherever it stands. */
    public OptionalLong algorithm() {
        return protectedHeaders.algorithm().isPresent() ? protectedHeaders.algorithm() : unprotectedHeaders.algorithm();
    }

    /** The identifier of the key, wherever it stands. */
    public Optional<byte[]> keyId() {
        return protectedHeaders.keyId().or(unprotectedHeaders::keyId);
    }

    /** Whether the protected headers are the algorithm and the key's identifier and nothing else is there, nor a tag. */
    public boolean hasOnlyProtectedAlgorithmAndKeyId() {
        return !tagged
                && unprotectedHeaders.count() == 0
                && protectedHeaders.count() == 2
                && protectedHeaders.algorithm().isPresent()
                && protectedHeaders.keyId().isPresent();
    }

    public byte[] payload() {
        return payload;
    }

    private static CoseHeaders readProtected(byte[] bytes) throws CborException {
        if (bytes.length == 0) {
            return CoseHeaders.NONE;
        }
        CborReader reader = CborReader.of(bytes, bytes.length);
        CoseHeaders headers = CoseHeaders.read(reader);
        reader.requireEnd();
        return headers;
    }

    private static byte[] toBeSigned(byte[] protectedHeaders, byte[] externalData, byte[] payload) {
        return new CborWriter()
                .arrayHead(4)
                .text(CONTEXT)
                .bytes(protectedHeaders)
                .bytes(externalData)
                .bytes(payload)
                .toByteArray();
    }
}
