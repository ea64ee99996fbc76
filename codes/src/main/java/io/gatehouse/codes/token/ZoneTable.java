package io.gatehouse.codes.token;

import io.gatehouse.core.place.ZoneCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which bit of a pass stands for which zone. A bit never changes its meaning: zones are only added at the end or
 * withdrawn, each time with a new version, and a withdrawn zone keeps its bit for ever. So a gate with an older or newer table
 * than the issuer's reads the same zones out of a pass. Immutable and thread-safe.
 *
 * @param version   1 to 65,535
 * @param zones     the zone of each bit from 0 on, those that were withdrawn too; at most 256
 * @param withdrawn those of them that no pass gives access to any more
 */
public record ZoneTable(int version, List<ZoneCode> zones, Set<ZoneCode> withdrawn) {
    static final int MAX_BITS = 256;
    static final int MAX_VERSION = 0xFFFF;

    public ZoneTable {
        zones = List.copyOf(zones);
        withdrawn = Set.copyOf(withdrawn);
        if (version < 1 || version > MAX_VERSION) {
            throw new IllegalArgumentException("a zone table's version is 1 to " + MAX_VERSION + ", not " + version);
        }
        if (zones.size() > MAX_BITS) {
            throw new IllegalArgumentException("a zone table has at most " + MAX_BITS + " bits, not " + zones.size());
        }
        Set<ZoneCode> different = new HashSet<>(zones);
        if (different.size() != zones.size()) {
            throw new IllegalArgumentException("a zone has two bits among " + zones);
        }
        if (!different.containsAll(withdrawn)) {
            throw new IllegalArgumentException("of the withdrawn zones " + withdrawn + " one never had a bit");
        }
    }

    /** The first version of a table: bit 0 is the first zone. */
    public static ZoneTable of(ZoneCode... zones) {
        return new ZoneTable(1, List.of(zones), Set.of());
    }

    /**
     * The next version, with one more zone, on a bit that was never used.
     *
     * @throws IllegalArgumentException if the zone has a bit, also if it was withdrawn: passes from then would open it again
     */
    public ZoneTable with(ZoneCode zone) {
        if (zones.contains(Objects.requireNonNull(zone, "zone"))) {
            throw new IllegalArgumentException(
                    withdrawn.contains(zone)
                            ? "zone " + zone + " was withdrawn and keeps its bit: give the zone another code"
                            : "zone " + zone + " has a bit already");
        }
        List<ZoneCode> more = new ArrayList<>(zones);
        more.add(zone);
        return new ZoneTable(version + 1, more, withdrawn);
    }

    /**
     * The next version, in which this zone's bit means nothing any more.
     *
     * @throws IllegalArgumentException if the zone has no bit
     */
    public ZoneTable without(ZoneCode zone) {
        requireBit(zone);
        Set<ZoneCode> more = new HashSet<>(withdrawn);
        more.add(zone);
        return new ZoneTable(version + 1, zones, more);
    }

    /**
     * Why this table cannot take the place of an older one: it is not newer, or a bit would change its meaning. A gate
     * asks this before it takes a table from outside.
     *
     * @return empty if it can
     */
    public Optional<String> whyNotAfter(ZoneTable older) {
        if (version < older.version || (version == older.version && !equals(older))) {
            return Optional.of("version " + version + " of the zone table does not come after " + older.version);
        }
        boolean keeps = zones.size() >= older.zones.size()
                && zones.subList(0, older.zones.size()).equals(older.zones)
                && withdrawn.containsAll(older.withdrawn);
        return keeps
                ? Optional.empty()
                : Optional.of("version " + version + " of the zone table gives a bit of version " + older.version
                        + " another meaning");
    }

    /** The bit of a zone, unless it was withdrawn. */
    public OptionalInt bitOf(ZoneCode zone) {
        int bit = zones.indexOf(Objects.requireNonNull(zone, "zone"));
        return bit < 0 || withdrawn.contains(zone) ? OptionalInt.empty() : OptionalInt.of(bit);
    }

    /**
     * What to put on a pass for these zones. A zone does not include those that lie in it: name each.
     *
     * @throws IllegalArgumentException if one is not in the table or was withdrawn, or none is given
     */
    public ZoneGrant grant(ZoneCode... granted) {
        return ZoneGrant.of(
                version, Arrays.stream(granted).map(this::requireBit).toList());
    }

    private int requireBit(ZoneCode zone) {
        return bitOf(zone)
                .orElseThrow(() -> new IllegalArgumentException(
                        "zone " + zone + " is not in version " + version + " of the zone table"));
    }
}
