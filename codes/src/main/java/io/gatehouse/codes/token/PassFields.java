package io.gatehouse.codes.token;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.cbor.CborReader;
import io.gatehouse.codes.internal.cbor.CborWriter;
import io.gatehouse.codes.internal.cose.CoseKeyCodec;
import io.gatehouse.codes.keys.HolderKey;
import io.gatehouse.codes.keys.KeyKind;
import io.gatehouse.core.place.PortalId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The pass's own fields, one array: kind, version of the zone table, zones, holder, then the status if the id does not say
 * it, then the bound gate if there is one. While a pass is read this holds what was read of it. Used by one thread.
 */
final class PassFields {
    private static final int FIELDS = 4;
    private static final int STATUS_FIELDS = 2;
    private static final int MAX_NAME = 256;
    private static final int STATUS_LENGTH = 5;

    /** The kind is the type and two flags. */
    private static final int FLAGS = 4;

    private static final int NAMED_BY_STATUS = 2;
    private static final int SINGLE_USE = 1;
    /** Digits that come out the same after being a number. */
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    Instant expiresAt = Instant.EPOCH;
    Instant notBefore = Instant.EPOCH;
    byte[] id = {};
    Optional<HolderKey> holderKey = Optional.empty();
    private long kind;
    private int tableVersion;
    private byte[] bitmap = {};
    private String holder = "";
    private Optional<StatusReference> status = Optional.empty();
    private Optional<String> gate = Optional.empty();

    static void write(CborWriter out, Pass pass) {
        Optional<StatusReference> told = pass.isNamedByStatus() ? Optional.empty() : pass.status();
        int kind = pass.type().number() * FLAGS
                + (pass.isNamedByStatus() ? NAMED_BY_STATUS : 0)
                + (pass.singleUse() ? SINGLE_USE : 0);
        out.arrayHead(FIELDS
                        + (told.isPresent() ? STATUS_FIELDS : 0)
                        + (pass.boundGate().isPresent() ? 1 : 0))
                .integer(kind)
                .integer(pass.zones().map(ZoneGrant::tableVersion).orElse(0))
                .bytes(pass.zones().map(ZoneGrant::toBitmap).orElse(new byte[0]));
        writeHolder(out, pass.holder().value());
        told.ifPresent(place -> out.integer(place.list()).integer(place.index()));
        pass.boundGate().ifPresent(portal -> out.text(portal.value()));
    }

    private static void writeHolder(CborWriter out, String holder) {
        if (NUMBER.matcher(holder).matches()) {
            out.integer(Long.parseLong(holder));
        } else {
            out.text(holder);
        }
    }

    void read(CborReader reader) throws CborException {
        int left = reader.readArrayHead(FIELDS, FIELDS + STATUS_FIELDS + 1) - FIELDS;
        kind = reader.readUnsigned(Integer.MAX_VALUE);
        tableVersion = (int) reader.readUnsigned(ZoneTable.MAX_VERSION);
        bitmap = reader.readBytes(ZoneTable.MAX_BITS / 8);
        holder = readHolder(reader);
        if (left >= STATUS_FIELDS) {
            int list = (int) reader.readUnsigned(StatusReference.MAX_LIST);
            status = Optional.of(new StatusReference(list, (int) reader.readUnsigned(StatusReference.MAX_INDEX)));
            left -= STATUS_FIELDS;
        }
        if (left > 0) {
            gate = Optional.of(reader.readText(MAX_NAME));
        }
    }

    void readHolderKey(CborReader reader, int member) throws CborException {
        int count = reader.readIntegerMap(1, label -> {
            if (label != member) {
                throw new CborException("the holder's key is given by member " + label + ", not " + member);
            }
            CoseKeyCodec.Read key = CoseKeyCodec.read(reader);
            try {
                KeyKind of = key.isEd25519() ? KeyKind.ED25519 : KeyKind.P256;
                holderKey = Optional.of(HolderKey.of(of, key.encoded()));
            } catch (IllegalArgumentException e) {
                throw new CborException(String.valueOf(e.getMessage()));
            }
        });
        if (count != 1) {
            throw new CborException("the holder's key is not there");
        }
    }

    Pass toPass() throws CborException {
        PassType type = PassType.ofNumber(kind / FLAGS)
                .orElseThrow(() -> new CborException("the pass type " + kind / FLAGS + " is not known"));
        try {
            return new Pass(
                    PassId.of(id),
                    type,
                    HolderReference.of(holder),
                    notBefore,
                    expiresAt,
                    zones(),
                    (kind & SINGLE_USE) != 0,
                    gate.map(PortalId::of),
                    status(),
                    holderKey);
        } catch (IllegalArgumentException e) {
            throw new CborException(String.valueOf(e.getMessage()));
        }
    }

    /** One encoding: a status that the id says is not said again. */
    private Optional<StatusReference> status() throws CborException {
        boolean named = (kind & NAMED_BY_STATUS) != 0;
        if (!named) {
            if (status.filter(place -> Arrays.equals(place.toBytes(), id)).isPresent()) {
                throw new CborException("the status is written out, and the id says it already");
            }
            return status;
        }
        if (status.isPresent() || id.length != STATUS_LENGTH) {
            throw new CborException("the id of " + id.length + " bytes is said to be the status");
        }
        int list = (id[0] & 0xFF) << 8 | (id[1] & 0xFF);
        int index = (id[2] & 0xFF) << 16 | (id[3] & 0xFF) << 8 | (id[4] & 0xFF);
        return Optional.of(new StatusReference(list, index));
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
