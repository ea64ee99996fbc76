package io.gatehouse.codes.bundle;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.cbor.CborReader;
import io.gatehouse.codes.internal.cbor.CborWriter;
import io.gatehouse.codes.keys.IssuerKey;
import io.gatehouse.codes.keys.IssuerKey.State;
import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.keys.KeyKind;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.keys.KeyScope;
import io.gatehouse.codes.keys.KeyUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The bytes of public keys. The numbers are part of the format and are never used again for something else. Stateless. */
final class KeyCodec {
    static final int MAX_KEYS = 1_000;

    private static final int FIELDS = 7;
    private static final int MAX_PUBLIC_KEY = 64;
    private static final int MAX_TENANT = 64;
    private static final List<KeyKind> KINDS = List.of(KeyKind.ED25519, KeyKind.P256);
    private static final List<State> STATES = List.of(State.ACTIVE, State.RETIRED, State.REVOKED);
    private static final List<KeyUse> USES = List.of(
            KeyUse.EMPLOYEE_PASSES,
            KeyUse.VISITOR_PASSES,
            KeyUse.ESCORTED_VISITOR_PASSES,
            KeyUse.EVENT_TICKETS,
            KeyUse.GOODS_LABELS,
            KeyUse.STATUS_LISTS,
            KeyUse.BUNDLES);

    private KeyCodec() {}

    static void write(CborWriter out, KeyRing ring) {
        if (ring.keys().size() > MAX_KEYS) {
            throw new IllegalArgumentException("a bundle has at most " + MAX_KEYS + " keys, this one "
                    + ring.keys().size());
        }
        out.arrayHead(ring.keys().size());
        ring.keys().forEach(key -> write(out, key));
    }

    static KeyRing readRing(CborReader reader) throws CborException {
        int count = reader.readArrayHead(0, MAX_KEYS);
        List<IssuerKey> keys = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            keys.add(read(reader));
        }
        try {
            return KeyRing.of(keys);
        } catch (IllegalArgumentException e) {
            throw new CborException(String.valueOf(e.getMessage()));
        }
    }

    static void write(CborWriter out, IssuerKey key) {
        long uses = key.scope().uses().stream()
                .mapToLong(use -> 1L << USES.indexOf(use))
                .sum();
        out.arrayHead(FIELDS)
                .integer(key.id().value())
                .integer(KINDS.indexOf(key.kind()))
                .bytes(key.publicKey())
                .text(key.scope().tenant())
                .integer(uses)
                .integer(millis(key.activeFrom()))
                .integer(STATES.indexOf(key.state()));
    }

    static IssuerKey read(CborReader reader) throws CborException {
        reader.readArrayHead(FIELDS, FIELDS);
        KeyId id = KeyId.of((int) reader.readUnsigned(0xFFFF));
        KeyKind kind = KINDS.get((int) reader.readUnsigned(KINDS.size() - 1L));
        byte[] publicKey = reader.readBytes(MAX_PUBLIC_KEY);
        String tenant = reader.readText(MAX_TENANT);
        long uses = reader.readUnsigned((1L << USES.size()) - 1);
        long activeFrom = reader.readUnsigned(Part.MAX_SECONDS * 1_000);
        State state = STATES.get((int) reader.readUnsigned(STATES.size() - 1L));
        try {
            IssuerKey key = IssuerKey.of(id, kind, publicKey, new KeyScope(tenant, uses(uses)));
            return (activeFrom == 0 ? key : key.activeFrom(Instant.ofEpochMilli(activeFrom))).in(state);
        } catch (IllegalArgumentException e) {
            throw new CborException(String.valueOf(e.getMessage()));
        }
    }

    private static Set<KeyUse> uses(long bits) {
        Set<KeyUse> uses = EnumSet.noneOf(KeyUse.class);
        for (int bit = 0; bit < USES.size(); bit++) {
            if (((bits >>> bit) & 1) == 1) {
                uses.add(USES.get(bit));
            }
        }
        return uses;
    }

    /** 0 stands for a key that is active from the beginning. */
    private static long millis(Instant activeFrom) {
        if (activeFrom.equals(Instant.MIN)) {
            return 0;
        }
        if (activeFrom.toEpochMilli() < 1 || activeFrom.getEpochSecond() > Part.MAX_SECONDS - 1) {
            throw new IllegalArgumentException("a key in a bundle is active from 1970 to 2106 on, not " + activeFrom);
        }
        return activeFrom.toEpochMilli();
    }
}
