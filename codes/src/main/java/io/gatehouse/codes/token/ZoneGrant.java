package io.gatehouse.codes.token;

import java.util.Collection;
import java.util.List;

/**
 * The zones that a pass is limited to, as bits of the site's {@link ZoneTable}. Immutable and thread-safe.
 *
 * @param tableVersion version of the table that it was granted under, 1 to 65,535
 * @param bits         at least one bit, each 0 to 255, ascending
 */
public record ZoneGrant(int tableVersion, List<Integer> bits) {
    public ZoneGrant {
        if (tableVersion < 1 || tableVersion > ZoneTable.MAX_VERSION) {
            throw new IllegalArgumentException(
                    "a zone table's version is 1 to " + ZoneTable.MAX_VERSION + ", not " + tableVersion);
        }
        bits = List.copyOf(bits);
        if (bits.isEmpty()) {
            throw new IllegalArgumentException("a grant names at least one zone; a pass without limits has no grant");
        }
        int previous = -1;
        for (int bit : bits) {
            if (bit <= previous || bit >= ZoneTable.MAX_BITS) {
                throw new IllegalArgumentException("zone bits ascend from 0 to " + (ZoneTable.MAX_BITS - 1) + ", bit "
                        + bit + " comes after " + previous);
            }
            previous = bit;
        }
    }

    static ZoneGrant of(int tableVersion, Collection<Integer> bits) {
        return new ZoneGrant(tableVersion, bits.stream().distinct().sorted().toList());
    }

    /** Bit n is bit n mod 8 (from the least) of byte n/8; the last byte is not zero. */
    byte[] toBitmap() {
        byte[] bitmap = new byte[bits.get(bits.size() - 1) / 8 + 1];
        for (int bit : bits) {
            bitmap[bit / 8] |= (byte) (1 << bit % 8);
        }
        return bitmap;
    }
}
