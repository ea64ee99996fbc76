package io.gatehouse.core.ledger;

import io.gatehouse.core.internal.DurableFiles;
import io.gatehouse.core.ledger.LedgerTables.Row;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.ledger.verify.TilePath;
import io.gatehouse.core.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes a ledger to a directory in the C2SP {@code tlog-tiles} form. Used once, by one thread. */
final class LedgerExport {
    /** The file with the public key; a verifier takes it from elsewhere. */
    static final String VERIFIER_KEY = "verifier-key";

    private final Store store;
    private final Path directory;
    private final MerkleTree tree = new MerkleTree();
    private final List<Tile> tiles = new ArrayList<>();

    /** The hashes of a level that are not yet a full tile. */
    private static final class Tile {
        final ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        long number;

        int width() {
            return hashes.size() / MerkleTree.HASH_BYTES;
        }
    }

    private LedgerExport(Store store, Path directory) {
        this.store = store;
        this.directory = directory;
    }

    /** Writes beside the target and renames, so that there is the whole export or none. */
    static void write(Store store, Checkpoint checkpoint, String verifierKey, Path target) throws IOException {
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(
                    target.toString(), null, "an export is never written over: give a directory that does not exist");
        }
        Path whole = target.toAbsolutePath();
        Path partial = whole.resolveSibling("." + whole.getFileName() + ".partial-" + UUID.randomUUID());
        try {
            DurableFiles.createDirectories(partial);
            LedgerExport export = new LedgerExport(store, partial);
            export.entries(checkpoint.size());
            export.text(VERIFIER_KEY, verifierKey + "\n");
            export.text(TilePath.CHECKPOINT, checkpoint.note());
            // All are synced at the end, when the system has written most of them by itself.
            DurableFiles.syncTree(partial);
            Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.syncDirectory(whole.resolveSibling(".").normalize());
        } catch (IOException | RuntimeException e) {
            try {
                delete(partial);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private void entries(long size) throws IOException {
        for (long first = 0; first < size; first += TilePath.WIDTH) {
            long from = first;
            long end = Math.min(first + TilePath.WIDTH, size);
            List<Row> rows = store.read(connection -> LedgerTables.entries(connection, from, end));
            if (rows.size() != end - from) {
                throw new LedgerException("the ledger is damaged: of entries " + from + " to " + (end - 1) + " only "
                        + rows.size() + " are there; restore the last backup that verifies");
            }
            ByteArrayOutputStream bundle = new ByteArrayOutputStream();
            for (Row row : rows) {
                bundle.write(row.content().length >>> Byte.SIZE);
                bundle.write(row.content().length);
                bundle.writeBytes(row.content());
                tree.append(row.leafHash(), this::completed);
            }
            bytes(TilePath.entries(from / TilePath.WIDTH, rows.size()), bundle.toByteArray());
            writeFullTiles();
        }
        for (int level = 0; level < tiles.size(); level++) {
            writeTile(level);
        }
    }

    private void completed(int height, long index, byte[] root) {
        if (height % TilePath.HEIGHT == 0) {
            int level = height / TilePath.HEIGHT;
            while (tiles.size() <= level) {
                tiles.add(new Tile());
            }
            tiles.get(level).hashes.writeBytes(root);
        }
    }

    private void writeFullTiles() throws IOException {
        for (int level = 0; level < tiles.size(); level++) {
            if (tiles.get(level).width() == TilePath.WIDTH) {
                writeTile(level);
                tiles.get(level).number++;
                tiles.get(level).hashes.reset();
            }
        }
    }

    private void writeTile(int level) throws IOException {
        Tile tile = tiles.get(level);
        if (tile.width() > 0) {
            bytes(TilePath.hashes(level, tile.number, tile.width()), tile.hashes.toByteArray());
        }
    }

    private void text(String name, String content) throws IOException {
        bytes(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(String name, byte[] content) throws IOException {
        Path file = directory.resolve(name);
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.write(file, content);
    }

    private static void delete(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
