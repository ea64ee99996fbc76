package io.gatehouse.codes.revoke;

import io.gatehouse.codes.internal.cbor.CborException;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * What changed from one version to another, in the order of the places: for each the distance from the place before, less
 * one, times 4, plus its status, as a number of 7 bits a byte, the lowest first, the highest bit set in all but the last.
 * Stateless.
 */
final class ChangeCodec {
    /** 24 bits of distance and 2 of status. */
    private static final int MAX_BYTES = 4;

    private ChangeCodec() {}

    static byte[] encode(Map<Integer, PassStatus> changes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(changes.size() * 2);
        int previous = -1;
        for (Map.Entry<Integer, PassStatus> change : new TreeMap<>(changes).entrySet()) {
            int value =
                    (change.getKey() - previous - 1) << 2 | change.getValue().number();
            for (; value >= 0x80; value >>>= 7) {
                out.write(value | 0x80);
            }
            out.write(value);
            previous = change.getKey();
        }
        return out.toByteArray();
    }

    /** Each change has one encoding; places beyond the list are refused. */
    static Map<Integer, PassStatus> decode(byte[] bytes, int bits, int size) throws CborException {
        Map<Integer, PassStatus> changes = new TreeMap<>();
        int previous = -1;
        int at = 0;
        while (at < bytes.length) {
            int value = 0;
            int begin = at;
            int next;
            do {
                if (at == bytes.length || at - begin == MAX_BYTES) {
                    throw new CborException("a change that does not end, at byte " + begin);
                }
                next = bytes[at];
                value |= (next & 0x7F) << (7 * (at - begin));
                at++;
            } while (next < 0);
            if (next == 0 && at - begin > 1) {
                throw new CborException("a change in more bytes than it needs, at byte " + begin);
            }
            int index = previous + 1 + (value >>> 2);
            int status = value & 3;
            if (index >= size || status > bits) {
                throw new CborException("place " + index + " becomes " + status + " in a list of " + size
                        + " places of " + bits + " bits");
            }
            changes.put(index, PassStatus.ofNumber(status));
            previous = index;
        }
        return changes;
    }

    /** As many bytes as the changes of all places take at most. */
    static int maxLength(int size) {
        return Math.min(size, Integer.MAX_VALUE / MAX_BYTES) * MAX_BYTES;
    }
}
