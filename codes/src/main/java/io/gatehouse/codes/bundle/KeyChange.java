package io.gatehouse.codes.bundle;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.cbor.CborReader;
import io.gatehouse.codes.internal.cbor.CborWriter;
import io.gatehouse.codes.internal.signed.SignedPayload;
import io.gatehouse.codes.internal.signed.SignedPayload.Kind;
import io.gatehouse.codes.keys.IssuerKey;
import io.gatehouse.codes.keys.KeyScope;
import io.gatehouse.codes.keys.KeyUse;
import io.gatehouse.codes.keys.SigningKey;
import java.util.Arrays;

/**
 * From one key of bundles to the next: the new one and its number, signed by the old one, and by the new one, which so
 * proves that somebody has it. Arrays are shared, this stays inside.
 *
 * @param next     the new key
 * @param number   how many keys came before it
 * @param byOld    the payload signed by the old key
 */
record KeyChange(IssuerKey next, long number, SignedPayload byOld) {
    static final int MAX_BYTES = 1_024;

    private static final int FIELDS = 2;
    private static final KeyScope SCOPE = KeyScope.ofHouse(KeyUse.BUNDLES);

    static byte[] sign(SigningKey old, SigningKey next, long number) {
        CborWriter payload = new CborWriter().arrayHead(FIELDS).integer(number);
        KeyCodec.write(payload, next.issuerKey(SCOPE));
        byte[] signed = SignedPayload.sign(Kind.BUNDLE_KEY, payload.toByteArray(), old);
        byte[] proof = SignedPayload.sign(Kind.BUNDLE_KEY, payload.toByteArray(), next);
        return new CborWriter().arrayHead(2).bytes(signed).bytes(proof).toByteArray();
    }

    /** Reads a change; whether the old key signed it is for whoever knows that key. */
    static KeyChange read(byte[] bytes) throws CborException {
        CborReader reader = CborReader.of(bytes, MAX_BYTES);
        reader.readArrayHead(2, 2);
        SignedPayload byOld = SignedPayload.parse(reader.readBytes(MAX_BYTES), MAX_BYTES);
        SignedPayload proof = SignedPayload.parse(reader.readBytes(MAX_BYTES), MAX_BYTES);
        reader.requireEnd();
        CborReader payload = CborReader.of(byOld.payload(), MAX_BYTES);
        payload.readArrayHead(FIELDS, FIELDS);
        long number = payload.readUnsigned(Long.MAX_VALUE);
        IssuerKey next = KeyCodec.read(payload);
        payload.requireEnd();
        if (!Arrays.equals(byOld.payload(), proof.payload()) || !proof.isSignedBy(Kind.BUNDLE_KEY, next)) {
            throw new CborException("a change of keys that the new key has not signed");
        }
        return new KeyChange(next, number, byOld);
    }

    boolean isSignedBy(IssuerKey old) {
        return byOld.isSignedBy(Kind.BUNDLE_KEY, old);
    }
}
