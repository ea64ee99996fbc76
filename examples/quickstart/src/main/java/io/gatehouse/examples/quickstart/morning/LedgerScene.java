package io.gatehouse.examples.quickstart.morning;

import io.gatehouse.core.ledger.Checkpoint;
import io.gatehouse.core.ledger.verify.LedgerVerifier;
import io.gatehouse.core.ledger.verify.Verification;
import io.gatehouse.examples.quickstart.cast.Cast;
import io.gatehouse.examples.quickstart.premises.Premises;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The record is verified; then one bit of a copy is flipped, and the copy is caught with the entry that was altered. */
final class LedgerScene implements Scene {
    @Override
    public String title() {
        return "Proof";
    }

    @Override
    public void play(Premises premises, Cast cast, SceneLog log) throws IOException {
        Stopwatch watch = Stopwatch.start();
        Verification live = premises.ledger().verify();
        log.line(
                "the ledger in the database",
                premises.ledger().size() + " entries",
                wordOf(live),
                "every entry against its hash, the tree against the signed checkpoint",
                watch.elapsed(),
                live.isVerified());

        Path export = emptied(premises.file("ledger-export"));
        Checkpoint checkpoint = premises.ledger().export(export);
        LedgerVerifier verifier = LedgerVerifier.of(premises.ledger().verifierKey());
        Stopwatch verifying = Stopwatch.start();
        Verification exported = verifier.verify(export);
        log.line(
                "its export, checked by itself",
                checkpoint.size() + " entries",
                wordOf(exported),
                "root " + checkpoint.rootHash().substring(0, 16) + "…, nothing but files and public key needed",
                verifying.elapsed(),
                exported.isVerified());

        catchAltered(verifier, export, checkpoint, premises, log);
        log.section(
                "Checkpoint, signed (C2SP signed note), and the key to check it",
                List.of(checkpoint.note(), premises.ledger().verifierKey().toString()));
    }

    private static void catchAltered(
            LedgerVerifier verifier, Path export, Checkpoint checkpoint, Premises premises, SceneLog log)
            throws IOException {
        Path copy = emptied(premises.file("ledger-altered"));
        copy(export, copy);
        flipOneBit(copy);
        Stopwatch catching = Stopwatch.start();
        Verification altered = verifier.verify(copy);
        log.line(
                "a copy with one bit flipped",
                checkpoint.size() + " entries",
                wordOf(altered),
                altered.isVerified() ? "not caught" : altered.findings().get(0).toString(),
                catching.elapsed(),
                altered.findings().size() == 1);
    }

    private static String wordOf(Verification verification) {
        return verification.isVerified() ? "verified" : "refuted";
    }

    /** Flips a bit in the middle of the last bundle of entries. */
    private static void flipOneBit(Path export) throws IOException {
        try (Stream<Path> files = Files.walk(export.resolve("tile").resolve("entries"))) {
            Path bundle = files.filter(Files::isRegularFile)
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IOException(export + " has no entries"));
            byte[] bytes = Files.readAllBytes(bundle);
            bytes[bytes.length / 2] ^= 1;
            Files.write(bundle, bytes);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The same folder without what an earlier morning left there. */
    private static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return folder;
    }
}
