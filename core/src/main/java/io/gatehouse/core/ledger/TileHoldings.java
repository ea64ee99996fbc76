package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.TileTables.Attribute;
import io.gatehouse.core.ledger.TileTables.Holding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is in tiles, gathered from their entries: as {@link TileTables} lists it. Used by one thread.
 *
 * <p>Values are looked up by their bytes, wherever these stand: of an entry nothing is made but what its tile has not had.
 */
final class TileHoldings {
    private static final byte[] NOTHING = new byte[0];

    private final Set<Holding> whole = new HashSet<>();
    private @Nullable Value[] table = new @Nullable Value[64];
    private int values;

    /** A value, and the times of the entries of one tile that have it. */
    private static final class Value {
        final Attribute attribute;
        final byte[] bytes;
        final String text;
        final int hash;
        long tile = -1;
        long oldest;
        long newest;

        Value(Attribute attribute, byte[] bytes, int hash) {
            this.attribute = attribute;
            this.bytes = bytes;
            this.text = new String(bytes, StandardCharsets.UTF_8);
            this.hash = hash;
        }

        boolean is(Attribute other, int otherHash, byte[] from, int start, int end) {
            return hash == otherHash && attribute == other && Arrays.equals(bytes, 0, bytes.length, from, start, end);
        }

        Holding holding() {
            return new Holding(tile, attribute.code, text, oldest, newest);
        }
    }

    /** An entry that was just made, by its content. */
    void add(long position, byte[] content) {
        EntryParts parts = Objects.requireNonNull(EntryParts.of(content), "what was encoded has parts");
        add(position, EntryParts.occurredNanos(content), content, parts);
    }

    /** An entry by its content. */
    void add(long position, long nanos, byte[] content, EntryParts parts) {
        long tile = position / TileTables.WIDTH;
        add(tile, Attribute.TIME, nanos, NOTHING, 0, 0);
        add(tile, Attribute.KIND, nanos, content, EntryParts.KIND_AT, parts.portal());
        int portal = parts.portal() + Short.BYTES;
        if (portal < parts.zone()) {
            add(tile, Attribute.PORTAL, nanos, content, portal, parts.zone());
        }
        int zone = parts.zone() + Short.BYTES;
        if (zone < parts.person()) {
            add(tile, Attribute.ZONE, nanos, content, zone, parts.person());
        }
    }

    /** An entry by what it is listed under. */
    void add(long position, IndexColumns columns) {
        long tile = position / TileTables.WIDTH;
        add(tile, Attribute.TIME, columns.occurredNanos(), NOTHING, 0, 0);
        addText(tile, Attribute.KIND, columns.occurredNanos(), columns.kind());
        addText(tile, Attribute.PORTAL, columns.occurredNanos(), columns.portal());
        addText(tile, Attribute.ZONE, columns.occurredNanos(), columns.zone());
    }

    private void addText(long tile, Attribute attribute, long nanos, @Nullable String text) {
        if (text != null) {
            byte[] value = text.getBytes(StandardCharsets.UTF_8);
            add(tile, attribute, nanos, value, 0, value.length);
        }
    }

    private void add(long tile, Attribute attribute, long nanos, byte[] from, int start, int end) {
        Value value = value(attribute, from, start, end);
        if (value.tile == tile) {
            value.oldest = Math.min(value.oldest, nanos);
            value.newest = Math.max(value.newest, nanos);
            return;
        }
        if (value.tile >= 0) {
            whole.add(value.holding());
        }
        value.tile = tile;
        value.oldest = nanos;
        value.newest = nanos;
    }

    private Value value(Attribute attribute, byte[] from, int start, int end) {
        int hash = attribute.code;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + from[i];
        }
        int at = hash & table.length - 1;
        for (Value each = table[at]; each != null; each = table[at]) {
            if (each.is(attribute, hash, from, start, end)) {
                return each;
            }
            at = at + 1 & table.length - 1;
        }
        Value made = new Value(attribute, Arrays.copyOfRange(from, start, end), hash);
        table[at] = made;
        if (2 * ++values > table.length) {
            grow();
        }
        return made;
    }

    private void grow() {
        @Nullable Value[] old = table;
        table = new @Nullable Value[2 * old.length];
        for (Value each : old) {
            if (each != null) {
                int at = each.hash & table.length - 1;
                while (table[at] != null) {
                    at = at + 1 & table.length - 1;
                }
                table[at] = each;
            }
        }
    }

    /** What is in the tiles. Nothing may be added afterwards. */
    Set<Holding> all() {
        for (Value each : table) {
            if (each != null && each.tile >= 0) {
                whole.add(each.holding());
            }
        }
        return whole;
    }

    /**
     * The tiles that are listed as something else than they are. Nothing may be added afterwards.
     *
     * @param until the tile after the last that is looked at
     */
    Set<Long> differences(Set<Holding> listed, long until) {
        Set<Holding> more = new HashSet<>(listed);
        Set<Long> different = new TreeSet<>();
        for (Holding each : all()) {
            if (each.tile() < until && !more.remove(each)) {
                different.add(each.tile());
            }
        }
        more.forEach(each -> different.add(each.tile()));
        return different;
    }
}
