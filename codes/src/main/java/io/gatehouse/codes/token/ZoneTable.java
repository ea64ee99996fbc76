package io.gatehouse.codes.token;

import io.gatehouse.core.place.ZoneCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which bit of a pass stands for which zone. A bit never changes its meaning: zones are only added at the end or
 * withdrawn, each time with a new version, so a gate with an older or newer table than the issuer's reads the same zones
 * out of a pass. Immutable and thread-safe.
 *
 * @param version 1 to 65,535
 * @param bits    the zone of each bit from 0 on, empty where it was withdrawn; at most 256
 */
public record ZoneTable(int version, List<Optional<ZoneCode>> bits) {
    static final int MAX_BITS = 256;
    static final int MAX_VERSION = 0xFFFF;

    public ZoneTable {
        bits = List.copyOf(bits);
        if (version < 1 || version > MAX_VERSION) {
            throw new IllegalArgumentException("a zone table's version is 1 to " + MAX_VERSION + ", not " + version);
        }
        if (bits.size() > MAX_BITS) {
            throw new IllegalArgumentException("a zone table has at most " + MAX_BITS + " bits, not " + bits.size());
        }
        List<ZoneCode> zones = bits.stream().flatMap(Optional::stream).toList();
        if (zones.stream().distinct().count() != zones.size()) {
            throw new IllegalArgumentException("a zone has two bits among " + zones);
        }
    }

    /** The first version of a table: bit 0 is the first zone. */
    public static ZoneTable of(ZoneCode... zones) {
        return new ZoneTable(1, Arrays.stream(zones).map(Optional::of).toList());
    }

    /** The next version, with one more zone. */
    public ZoneTable with(ZoneCode zone) {
        List<Optional<ZoneCode>> more = new ArrayList<>(bits);
        more.add(Optional.of(zone));
        return new ZoneTable(version + 1, more);
    }

    /** The next version, in which this zone's bit means nothing any more. */
    public ZoneTable without(ZoneCode zone) {
        List<Optional<ZoneCode>> fewer = new ArrayList<>(bits);
        fewer.set(requireBit(zone), Optional.empty());
        return new ZoneTable(version + 1, fewer);
    }

    /** The bit of a zone. */
    public OptionalInt bitOf(ZoneCode zone) {
        Objects.requireNonNull(zone, "zone");
        int bit = bits.indexOf(Optional.of(zone));
        return bit < 0 ? OptionalInt.empty() : OptionalInt.of(bit);
    }

    /**
     * What to put on a pass for these zones. A zone does not include those that lie in it: name each.
     *
     * @throws IllegalArgumentException if one is not in the table, or none is given
     */
    public ZoneGrant grant(ZoneCode... zones) {
        return ZoneGrant.of(version, Arrays.stream(zones).map(this::requireBit).toList());
    }

    private int requireBit(ZoneCode zone) {
        return bitOf(zone)
                .orElseThrow(() -> new IllegalArgumentException(
                        "zone " + zone + " is not in version " + version + " of the zone table"));
    }
}
