package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.TileTables.Attribute;
import io.gatehouse.core.ledger.TileTables.Holding;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is in tiles, gathered from their entries: as {@link TileTables} lists it. Used by one thread. */
final class TileHoldings {
    private final Map<Key, Times> times = new HashMap<>();

    private record Key(long tile, Attribute attribute, String value) {}

    private record Times(long oldest, long newest) {
        Times with(Times other) {
            return new Times(Math.min(oldest, other.oldest), Math.max(newest, other.newest));
        }
    }

    void add(long position, IndexColumns columns) {
        long tile = position / TileTables.WIDTH;
        add(tile, Attribute.TIME, "", columns.occurredNanos());
        add(tile, Attribute.KIND, columns.kind(), columns.occurredNanos());
        add(tile, Attribute.PORTAL, columns.portal(), columns.occurredNanos());
        add(tile, Attribute.ZONE, columns.zone(), columns.occurredNanos());
    }

    private void add(long tile, Attribute attribute, @Nullable String value, long nanos) {
        if (value != null) {
            times.merge(new Key(tile, attribute, value), new Times(nanos, nanos), Times::with);
        }
    }

    /**
     * The tiles that are listed as something else than they are.
     *
     * @param until the tile after the last that is looked at
     */
    Set<Long> differences(Set<Holding> listed, long until) {
        Set<Holding> more = new HashSet<>(listed);
        Set<Long> different = new TreeSet<>();
        times.forEach((key, between) -> {
            Holding holding =
                    new Holding(key.tile(), key.attribute().code, key.value(), between.oldest(), between.newest());
            if (key.tile() < until && !more.remove(holding)) {
                different.add(key.tile());
            }
        });
        more.forEach(each -> different.add(each.tile()));
        return different;
    }
}
