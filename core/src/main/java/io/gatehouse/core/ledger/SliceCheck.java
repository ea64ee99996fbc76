package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.LedgerTables.Listed;
import io.gatehouse.core.ledger.LedgerTables.Row;
import io.gatehouse.core.ledger.NodeTables.Node;
import io.gatehouse.core.ledger.PersonTables.Seen;
import io.gatehouse.core.ledger.verify.Finding.Kind;
import io.gatehouse.core.ledger.verify.Findings;
import io.gatehouse.core.ledger.verify.KeyChange;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.ledger.verify.TilePath;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Holds a slice of the ledger's entries against their hashes, their search columns against their contents, and the roots
 * of each 256 hashes against the stored ones: all that needs no other slice, so that several can be checked at once.
 * Keeps their hashes only, which bounds the memory. Used once, by one thread.
 *
 * <p>A slice of which all is right is checked by {@link SoundSlice}, which is several times as quick and says only that; it
 * is read again, plainly and entry by entry, if anything is wrong with it.
 */
final class SliceCheck {
    /** 2<sup>12</sup> entries: enough that handing a slice to a thread costs nothing beside it. */
    static final int HEIGHT = 12;

    static final int WIDTH = 1 << HEIGHT;

    private final Store store;
    private final long first;
    private final long end;
    private final Findings findings = new Findings();
    private final List<byte[]> hashes = new ArrayList<>();
    private final SortedMap<Long, String> changes = new TreeMap<>();
    private final MerkleTree tree = new MerkleTree();
    private final List<byte[]> tiles = new ArrayList<>();
    private final List<Seen> persons = new ArrayList<>();
    private final TileHoldings holdings = new TileHoldings();
    private long expected;

    /**
     * What a slice is.
     *
     * @param hashes  of its entries in order; fewer than there should be if one is missing, or is no hash
     * @param root    of these
     * @param changes the changes of key in it, by their place
     * @param persons what entries of it are listed under, as far as they have a person
     */
    record Checked(
            long first,
            long end,
            Findings findings,
            List<byte[]> hashes,
            byte[] root,
            SortedMap<Long, String> changes,
            List<Seen> persons) {
        boolean isComplete() {
            return hashes.size() == end - first;
        }
    }

    /**
     * A slice.
     *
     * @param first a multiple of 256
     * @param end   after the last entry
     */
    SliceCheck(Store store, long first, long end) {
        this.store = store;
        this.first = first;
        this.end = end;
        this.expected = first;
    }

    Checked check() throws IOException {
        Optional<Checked> sound = new SoundSlice(store, first, end).check();
        return sound.isPresent() ? sound.get() : plainly();
    }

    /** The same without the quick look. */
    Checked plainly() throws IOException {
        long tilesListed = store.read(TileTables::count);
        while (expected < end) {
            try {
                store.read(connection -> LedgerTables.listed(connection, expected, end, this::take));
                missingBefore(end);
            } catch (StoreException e) {
                rowByRow(e);
            }
        }
        if (hashes.size() == end - first) {
            compareTiles();
            compareListing(tilesListed);
        }
        return new Checked(first, end, findings, hashes, tree.root(), changes, persons);
    }

    private void take(Listed listed) {
        Row row = listed.row();
        if (row.position() < expected) {
            // A store may run a work again, and shows the same once more.
            return;
        }
        missingBefore(row.position());
        check(row, listed.columns());
        PersonListCheck.note(persons, row.position(), listed.columns());
        if (row.leafHash().length == MerkleTree.HASH_BYTES) {
            hashes.add(row.leafHash());
            tree.append(row.leafHash(), (height, index, root) -> {
                if (height == TilePath.HEIGHT) {
                    tiles.add(root);
                }
            });
        }
        expected = row.position() + 1;
    }

    /** After a page could not be read: says which of the next entries are lost, and goes on after them. */
    private void rowByRow(StoreException cause) throws StoreException {
        long until = Math.min(end, expected + TilePath.WIDTH);
        int readable = 0;
        while (expected < until) {
            long at = expected;
            try {
                readable +=
                        store.read(connection -> LedgerTables.listed(connection, at, at + 1, this::take)) == 1 ? 1 : 0;
                missingBefore(at + 1);
            } catch (StoreException e) {
                findings.add(Kind.MALFORMED, at, "Entry " + at + " cannot be read: " + e.getMessage());
                expected = at + 1;
            }
        }
        if (readable == 0 && until - first >= TilePath.WIDTH) {
            // Nothing at all can be read: more likely the store is at fault than the ledger.
            throw cause;
        }
    }

    private void missingBefore(long position) {
        for (; expected < position; expected++) {
            missing(expected);
        }
    }

    private void missing(long position) {
        findings.add(Kind.MISSING, position, "Entry " + position + " is missing.");
    }

    private void check(Row row, IndexColumns columns) {
        if (!Arrays.equals(tree.hashOf(row.content()), row.leafHash())) {
            findings.add(
                    Kind.ALTERED,
                    row.position(),
                    "Entry " + row.position() + " is not what its hash was made of: it was altered.");
            holdings.add(row.position(), columns);
            return;
        }
        // By its content, so that a column that was altered is said of the entry and not of its tile too.
        Optional<IndexColumns> own = ownColumns(row);
        holdings.add(row.position(), own.orElse(columns));
        if (!own.equals(Optional.of(columns))) {
            findings.add(
                    Kind.ALTERED,
                    row.position(),
                    "Entry " + row.position() + " is listed under what it does not hold: the list was altered.");
        }
    }

    /** Empty if the entry cannot be read, or its id stands in another's place. */
    private Optional<IndexColumns> ownColumns(Row row) {
        try {
            EntryBytes entry = EntryCodec.decode(row.content());
            if (entry.kind().equals(KeyChange.KIND)) {
                changes.put(row.position(), entry.facts().getOrDefault(KeyChange.FACT, ""));
            }
            return Arrays.equals(row.eventId(), LedgerTables.bytes(entry.id()))
                    ? Optional.of(IndexColumns.of(entry))
                    : Optional.empty();
        } catch (LedgerException e) {
            return Optional.empty();
        }
    }

    private void compareTiles() throws IOException {
        for (long tile : differentRoots(store, first, tiles)) {
            disagree(findings, 1, tile);
        }
    }

    /** The places of those roots of 256 hashes from an entry on that are not the stored ones. */
    static List<Long> differentRoots(Store store, long first, List<byte[]> roots) throws IOException {
        long tile = first / TilePath.WIDTH;
        List<Node> stored = store.read(connection -> NodeTables.nodes(connection, 1, tile, tile + roots.size()));
        byte[][] placed = new byte[roots.size()][];
        stored.forEach(node -> placed[(int) (node.position() - tile)] = node.hash());
        List<Long> different = new ArrayList<>();
        for (int i = 0; i < placed.length; i++) {
            if (!Arrays.equals(placed[i], roots.get(i))) {
                different.add(tile + i);
            }
        }
        return different;
    }

    private void compareListing(long listed) throws IOException {
        for (long tile : differentListing(store, holdings, first, Math.min(end / TileTables.WIDTH, listed))) {
            long start = tile * TileTables.WIDTH;
            findings.add(
                    Kind.ALTERED,
                    start,
                    "What entries " + start + " to " + (start + TileTables.WIDTH - 1)
                            + " are found by does not agree with them: the list was altered.");
        }
    }

    /**
     * What a tile is not listed under would not be found, and nobody would miss it.
     *
     * @param first the first entry of these tiles
     * @param until the tile after the last, of those that were listed before the entries were read
     */
    static Set<Long> differentListing(Store store, TileHoldings holdings, long first, long until) throws IOException {
        long from = first / TileTables.WIDTH;
        return until > from
                ? holdings.differences(store.read(connection -> TileTables.holdings(connection, from, until)), until)
                : Set.of();
    }

    static void disagree(Findings findings, int level, long position) {
        long start = position * NodeTables.span(level);
        findings.add(
                Kind.ALTERED,
                start,
                "The hashes of entries " + start + " to " + (start + NodeTables.span(level) - 1)
                        + " and their summary do not agree: one of them was altered.");
    }
}
