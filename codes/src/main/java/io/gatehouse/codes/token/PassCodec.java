package io.gatehouse.codes.token;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.cbor.CborReader;
import io.gatehouse.codes.internal.cbor.CborWriter;
import io.gatehouse.codes.internal.cose.CoseKeyCodec;
import io.gatehouse.codes.internal.cose.CoseSign1;
import io.gatehouse.codes.internal.text.CodeText;
import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.KeyKind;
import java.time.Instant;

/**
 * The profile of passes: which headers and claims there are and how each is written. Every pass has one encoding and
 * every other is refused, so that a changed byte is always a changed pass. No COSE or CWT tag: the text's prefix says what
 * it is, and RFC 8392 §7.2 lets the context do so.
 */
final class PassCodec {
    /** More than the largest pass: names of 64 characters of 4 bytes, 256 zones, the longest id, a holder's key. */
    static final int MAX_TOKEN = 576;

    static final CodeText TEXT = CodeText.of(1, MAX_TOKEN);

    private static final int ALG = 1;
    private static final int KID = 4;
    private static final int EXP = 4;
    private static final int NBF = 5;
    private static final int CTI = 7;
    /** Proof of possession (RFC 8747 §3.1), and in it the member for a key in clear. */
    private static final int CNF = 8;

    private static final int CNF_KEY = 1;
    /** The first of the claim keys for private use (RFC 8392 §9.1). */
    private static final int PASS = -65_537;

    private static final int CLAIMS = 4;

    private PassCodec() {}

    static byte[] protectedHeaders(KeyId key, long algorithm) {
        return new CborWriter()
                .mapHead(2)
                .integer(ALG)
                .integer(algorithm)
                .integer(KID)
                .bytes(key.toBytes())
                .toByteArray();
    }

    /** The envelope, with the headers of the profile. */
    static CoseSign1 readEnvelope(byte[] token) throws CborException {
        CoseSign1 envelope = CoseSign1.parse(token, MAX_TOKEN);
        if (!envelope.hasOnlyProtectedAlgorithmAndKeyId()) {
            throw new CborException("the headers are not a protected algorithm and key id alone");
        }
        return envelope;
    }

    static byte[] writeClaims(Pass pass) {
        CborWriter out = new CborWriter()
                .mapHead(CLAIMS + (pass.holderKey().isPresent() ? 1 : 0))
                .integer(EXP)
                .integer(pass.expiresAt().getEpochSecond())
                .integer(NBF)
                .integer(pass.notBefore().getEpochSecond())
                .integer(CTI)
                .bytes(pass.id().value());
        pass.holderKey()
                .ifPresent(key -> CoseKeyCodec.write(
                        out.integer(CNF).mapHead(1).integer(CNF_KEY), key.kind() == KeyKind.ED25519, key.encoded()));
        PassFields.write(out.integer(PASS), pass);
        return out.toByteArray();
    }

    static Pass readClaims(byte[] claims) throws CborException {
        CborReader reader = CborReader.of(claims, MAX_TOKEN);
        PassFields read = new PassFields();
        int count = reader.readIntegerMap(CLAIMS + 1, claim -> readClaim((int) claim, claim, reader, read));
        reader.requireEnd();
        int expected = CLAIMS + (read.holderKey.isPresent() ? 1 : 0);
        if (count != expected) {
            throw new CborException(count + " claims where this pass has " + expected);
        }
        return read.toPass();
    }

    /** The claims without their keys, in the same order (a CBOR sequence, RFC 8742): smaller, for codes that are not signed. */
    static byte[] writeSequence(Pass pass) {
        CborWriter out = new CborWriter()
                .integer(pass.expiresAt().getEpochSecond())
                .integer(pass.notBefore().getEpochSecond())
                .bytes(pass.id().value());
        PassFields.write(out, pass);
        return out.toByteArray();
    }

    static Pass readSequence(byte[] sequence) throws CborException {
        CborReader reader = CborReader.of(sequence, MAX_TOKEN);
        PassFields read = new PassFields();
        read.expiresAt = readTime(reader);
        read.notBefore = readTime(reader);
        read.id = reader.readBytes(PassId.MAX_LENGTH);
        read.read(reader);
        reader.requireEnd();
        return read.toPass();
    }

    private static void readClaim(int number, long claim, CborReader reader, PassFields read) throws CborException {
        if (number != claim) {
            throw new CborException("the claim " + claim + " is not one of a pass");
        }
        switch (number) {
            case EXP -> read.expiresAt = readTime(reader);
            case NBF -> read.notBefore = readTime(reader);
            case CTI -> read.id = reader.readBytes(PassId.MAX_LENGTH);
            case CNF -> read.readHolderKey(reader, CNF_KEY);
            case PASS -> read.read(reader);
            default -> throw new CborException("the claim " + claim + " is not one of a pass");
        }
    }

    private static Instant readTime(CborReader reader) throws CborException {
        return Instant.ofEpochSecond(reader.readUnsigned(Pass.MAX_EPOCH_SECOND));
    }
}
