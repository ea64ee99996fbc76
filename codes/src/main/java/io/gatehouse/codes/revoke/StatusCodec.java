package io.gatehouse.codes.revoke;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.cbor.CborReader;
import io.gatehouse.codes.internal.cbor.CborWriter;
import io.gatehouse.codes.revoke.StatusMessage.Changes;
import io.gatehouse.codes.revoke.StatusMessage.Content;
import io.gatehouse.codes.revoke.StatusMessage.Whole;
import io.gatehouse.codes.token.StatusReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bytes of status messages, laid out in STATUS-FORMAT.md: each has one encoding and every other is refused. Stateless. */
final class StatusCodec {
    /** What is around the places of the largest list. */
    private static final int MAX_AROUND = 65_536;

    static final int MAX_MESSAGE = StatusList.byteLength(2, StatusList.MAX_SIZE) + MAX_AROUND;

    private static final int ISS = 1;
    private static final int IAT = 6;
    /** The claims that the Token Status List registers. */
    private static final int STATUS_LIST = 65_533;

    private static final int TTL = 65_534;

    private static final int CLAIMS = 4;
    private static final int WHOLE = 5;
    private static final int CHANGES = 8;
    private static final int MAX_NAME = 256;
    private static final int DIGEST = 32;
    private static final long MAX_SECONDS = 0xFFFF_FFFFL;

    private StatusCodec() {}

    static byte[] encode(StatusMessage message) {
        CborWriter out = new CborWriter()
                .mapHead(CLAIMS)
                .integer(ISS)
                .text(message.issuer())
                .integer(IAT)
                .integer(message.issuedAt().getEpochSecond())
                .integer(STATUS_LIST);
        Content content = message.content();
        out.arrayHead(content instanceof Changes ? CHANGES : WHOLE)
                .integer(message.number())
                .integer(message.version())
                .integer(content.bits())
                .integer(content.size());
        if (content instanceof Changes changes) {
            out.integer(changes.base()).bytes(changes.baseDigest()).bytes(changes.digest());
        }
        return out.bytes(content.body())
                .integer(TTL)
                .integer(message.maxAge().toSeconds())
                .toByteArray();
    }

    static StatusMessage decode(byte[] payload) throws CborException {
        CborReader reader = CborReader.of(payload, MAX_MESSAGE);
        Claims claims = new Claims();
        int count = reader.readIntegerMap(CLAIMS, claim -> claims.read(claim, reader));
        reader.requireEnd();
        Content content = claims.content;
        if (count != CLAIMS || content == null) {
            throw new CborException(count + " claims where a status list has " + CLAIMS);
        }
        return new StatusMessage(claims.issuer, claims.issuedAt, claims.maxAge, claims.number, claims.version, content);
    }

    /** The places of a list as they are signed, and as a gate keeps them. */
    static byte[] body(StatusList list) {
        return Deflated.deflate(list.shared());
    }

    static StatusList open(int number, long version, Whole whole) throws CborException {
        try {
            byte[] places = Deflated.inflate(whole.body(), StatusList.byteLength(whole.bits(), whole.size()));
            return StatusList.of(number, version, whole.bits(), whole.size(), places);
        } catch (IllegalArgumentException e) {
            throw new CborException(String.valueOf(e.getMessage()));
        }
    }

    static byte[] body(Map<Integer, PassStatus> changes) {
        return Deflated.deflate(ChangeCodec.encode(changes));
    }

    static Map<Integer, PassStatus> open(Changes changes) throws CborException {
        byte[] encoded = Deflated.inflate(changes.body(), ChangeCodec.maxLength(changes.size()));
        return ChangeCodec.decode(encoded, changes.bits(), changes.size());
    }

    /** The claims while they are read; all are there once the map had four different ones. */
    private static final class Claims {
        private String issuer = "";
        private Instant issuedAt = Instant.EPOCH;
        private Duration maxAge = Duration.ZERO;
        private int number;
        private long version;
        private @Nullable Content content;

        void read(long claim, CborReader reader) throws CborException {
            if (claim == ISS) {
                issuer = reader.readText(MAX_NAME);
            } else if (claim == IAT) {
                issuedAt = Instant.ofEpochSecond(reader.readUnsigned(MAX_SECONDS));
            } else if (claim == STATUS_LIST) {
                content = readList(reader);
            } else if (claim == TTL) {
                maxAge = Duration.ofSeconds(reader.readUnsigned(MAX_SECONDS));
            } else {
                throw new CborException("the claim " + claim + " is not one of a status list");
            }
        }

        private Content readList(CborReader reader) throws CborException {
            int items = reader.readArrayHead(WHOLE, CHANGES);
            if (items != WHOLE && items != CHANGES) {
                throw new CborException("a status list of " + items + " items");
            }
            number = (int) reader.readUnsigned(StatusReference.MAX_LIST);
            version = reader.readUnsigned(Long.MAX_VALUE);
            int bits = (int) reader.readUnsigned(2);
            int size = (int) reader.readUnsigned(StatusList.MAX_SIZE);
            if (bits == 0 || size == 0) {
                throw new CborException("a status list of " + size + " places of " + bits + " bits");
            }
            if (items == WHOLE) {
                return new Whole(bits, size, reader.readBytes(MAX_MESSAGE));
            }
            long base = reader.readUnsigned(version);
            byte[] baseDigest = digest(reader);
            byte[] digest = digest(reader);
            return new Changes(bits, size, base, baseDigest, digest, reader.readBytes(MAX_MESSAGE));
        }

        private static byte[] digest(CborReader reader) throws CborException {
            byte[] digest = reader.readBytes(DIGEST);
            if (digest.length != DIGEST) {
                throw new CborException("a digest of " + digest.length + " bytes instead of " + DIGEST);
            }
            return digest;
        }
    }
}
