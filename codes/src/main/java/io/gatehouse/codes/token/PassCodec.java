package io.gatehouse.codes.token;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.cbor.CborReader;
import io.gatehouse.codes.internal.cbor.CborWriter;
import io.gatehouse.codes.internal.cose.CoseSign1;
import io.gatehouse.codes.internal.cose.Ed25519Key;
import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.core.place.PortalId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The profile of passes: which headers and claims there are and how each is written. Every pass has one encoding and
 * every other is refused, so that a changed byte is always a changed pass. No COSE or CWT tag: the text's prefix says what
 * it is, and RFC 8392 §7.2 lets the context do so.
 */
final class PassCodec {
    /** More than the largest pass: names of 64 characters of 4 bytes, 256 zones, the longest id. */
    static final int MAX_TOKEN = 576;

    static final byte[] PREFIX = "GH1:".getBytes(StandardCharsets.US_ASCII);

    private static final int ALG = 1;
    private static final int KID = 4;
    private static final int EXP = 4;
    private static final int NBF = 5;
    private static final int CTI = 7;
    /** The first of the claim keys for private use (RFC 8392 §9.1). */
    private static final int PASS = -65_537;

    private static final int CLAIMS = 4;
    private static final int FIELDS = 4;
    private static final int MAX_NAME = 256;
    /** Digits that come out the same after being a number. */
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private PassCodec() {}

    static byte[] protectedHeaders(KeyId key) {
        return new CborWriter()
                .mapHead(2)
                .integer(ALG)
                .integer(Ed25519Key.ALG_ED25519)
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
                .mapHead(CLAIMS)
                .integer(EXP)
                .integer(pass.expiresAt().getEpochSecond())
                .integer(NBF)
                .integer(pass.notBefore().getEpochSecond())
                .integer(CTI)
                .bytes(pass.id().value())
                .integer(PASS)
                .arrayHead(FIELDS + (pass.boundGate().isPresent() ? 1 : 0))
                .integer(pass.type().number() * 2L + (pass.singleUse() ? 1 : 0))
                .integer(pass.zones().map(ZoneGrant::tableVersion).orElse(0))
                .bytes(pass.zones().map(ZoneGrant::toBitmap).orElse(new byte[0]));
        writeHolder(out, pass.holder().value());
        pass.boundGate().ifPresent(gate -> out.text(gate.value()));
        return out.toByteArray();
    }

    private static void writeHolder(CborWriter out, String holder) {
        if (NUMBER.matcher(holder).matches()) {
            out.integer(Long.parseLong(holder));
        } else {
            out.text(holder);
        }
    }

    static Pass readClaims(byte[] claims) throws CborException {
        CborReader reader = CborReader.of(claims, MAX_TOKEN);
        Claims read = new Claims();
        int count = reader.readIntegerMap(CLAIMS, claim -> {
            if (claim == EXP) {
                read.expiresAt = Instant.ofEpochSecond(reader.readUnsigned(Pass.MAX_EPOCH_SECOND));
            } else if (claim == NBF) {
                read.notBefore = Instant.ofEpochSecond(reader.readUnsigned(Pass.MAX_EPOCH_SECOND));
            } else if (claim == CTI) {
                read.id = reader.readBytes(PassId.MAX_LENGTH);
            } else if (claim == PASS) {
                read.readFields(reader);
            } else {
                throw new CborException("the claim " + claim + " is not one of a pass");
            }
        });
        reader.requireEnd();
        if (count != CLAIMS) {
            throw new CborException(count + " claims where a pass has " + CLAIMS);
        }
        return read.toPass();
    }

    /** The claims while they are read; all are there once the map had four different ones. */
    private static final class Claims {
        private Instant expiresAt = Instant.EPOCH;
        private Instant notBefore = Instant.EPOCH;
        private byte[] id = {};
        private long kind;
        private int tableVersion;
        private byte[] bitmap = {};
        private String holder = "";
        private Optional<String> gate = Optional.empty();

        void readFields(CborReader reader) throws CborException {
            int fields = reader.readArrayHead(FIELDS, FIELDS + 1);
            kind = reader.readUnsigned(Integer.MAX_VALUE);
            tableVersion = (int) reader.readUnsigned(ZoneTable.MAX_VERSION);
            bitmap = reader.readBytes(ZoneTable.MAX_BITS / 8);
            holder = readHolder(reader);
            if (fields > FIELDS) {
                gate = Optional.of(reader.readText(MAX_NAME));
            }
        }

        Pass toPass() throws CborException {
            PassType type = PassType.ofNumber(kind / 2)
                    .orElseThrow(() -> new CborException("the pass type " + kind / 2 + " is not known"));
            try {
                return new Pass(
                        PassId.of(id),
                        type,
                        HolderReference.of(holder),
                        notBefore,
                        expiresAt,
                        zones(),
                        kind % 2 == 1,
                        gate.map(PortalId::of));
            } catch (IllegalArgumentException e) {
                throw new CborException(String.valueOf(e.getMessage()));
            }
        }

        private Optional<ZoneGrant> zones() throws CborException {
            if (bitmap.length == 0 && tableVersion == 0) {
                return Optional.empty();
            }
            if (bitmap.length == 0 || bitmap[bitmap.length - 1] == 0) {
                throw new CborException("the zones end with an empty byte");
            }
            List<Integer> bits = new ArrayList<>();
            for (int bit = 0; bit < bitmap.length * 8; bit++) {
                if ((bitmap[bit / 8] >>> bit % 8 & 1) == 1) {
                    bits.add(bit);
                }
            }
            return Optional.of(new ZoneGrant(tableVersion, bits));
        }

        private static String readHolder(CborReader reader) throws CborException {
            if (!reader.nextIsText()) {
                return Long.toString(reader.readUnsigned(999_999_999_999_999_999L));
            }
            String holder = reader.readText(MAX_NAME);
            if (NUMBER.matcher(holder).matches()) {
                throw new CborException("a number is written as text");
            }
            return holder;
        }
    }
}
