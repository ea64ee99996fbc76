package io.gatehouse.core.ledger.verify;

import io.gatehouse.core.ledger.verify.Finding.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Holds the hash tiles of the upper levels against what those of the lowest level give, as these come in, and so says in
 * which 256, 65,536, … entries a hash was altered. Memory is one tile a level.
 */
final class HashTiles {
    private final ExportFiles files;
    private final Findings findings;
    private final Sha256 sha256 = new Sha256();
    private final List<Level> levels = new ArrayList<>();

    private static final class Level {
        final List<byte[]> hashes = new ArrayList<>();
        long tile;
    }

    HashTiles(ExportFiles files, Findings findings) {
        this.files = files;
        this.findings = findings;
    }

    /** Takes the hashes of a full tile of the lowest level, in order. */
    void full(List<byte[]> hashes) throws IOException {
        add(1, fold(hashes));
    }

    private void add(int level, byte[] hash) throws IOException {
        while (levels.size() < level) {
            levels.add(new Level());
        }
        Level at = levels.get(level - 1);
        at.hashes.add(hash);
        if (at.hashes.size() == TilePath.WIDTH) {
            byte[] root = fold(at.hashes);
            compare(level, at);
            at.hashes.clear();
            at.tile++;
            add(level + 1, root);
        }
    }

    /** After the last full tile: compares what is in part. */
    void end() throws IOException {
        for (int level = 1; level <= levels.size(); level++) {
            Level at = levels.get(level - 1);
            if (!at.hashes.isEmpty()) {
                compare(level, at);
            }
        }
    }

    private void compare(int level, Level at) throws IOException {
        String name = TilePath.hashes(level, at.tile, at.hashes.size());
        long span = 1L << (TilePath.HEIGHT * level);
        long first = at.tile * TilePath.WIDTH * span;
        var stored = files.read(name, at.hashes.size() * Sha256.BYTES);
        if (stored.isEmpty()) {
            findings.add(Kind.MISSING, first, "The hash tile " + name + " is missing.");
            return;
        }
        if (stored.get().length != at.hashes.size() * Sha256.BYTES) {
            findings.add(Kind.MALFORMED, first, "The hash tile " + name + " has not its length.");
            return;
        }
        for (int i = 0; i < at.hashes.size(); i++) {
            int from = i * Sha256.BYTES;
            if (!Arrays.equals(stored.get(), from, from + Sha256.BYTES, at.hashes.get(i), 0, Sha256.BYTES)) {
                long start = first + i * span;
                findings.add(
                        Kind.ALTERED,
                        start,
                        "The hashes of entries " + start + " to " + (start + span - 1) + " and their summary in " + name
                                + " do not agree: one of them was altered.");
            }
        }
    }

    private byte[] fold(List<byte[]> hashes) {
        List<byte[]> row = hashes;
        while (row.size() > 1) {
            List<byte[]> above = new ArrayList<>(row.size() / 2);
            for (int i = 0; i < row.size(); i += 2) {
                above.add(sha256.node(row.get(i), row.get(i + 1)));
            }
            row = above;
        }
        return row.get(0);
    }
}
