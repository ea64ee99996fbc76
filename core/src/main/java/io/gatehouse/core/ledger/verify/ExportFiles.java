package io.gatehouse.core.ledger.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the files of an exported ledger, each up to the most bytes that it can rightly have and one more. */
final class ExportFiles {
    private final Path directory;

    ExportFiles(Path directory) {
        this.directory = directory;
    }

    /** The file's bytes; empty if there is none. One byte more than {@code most} says that it is too long. */
    Optional<byte[]> read(String name, int most) throws IOException {
        try (InputStream input = Files.newInputStream(directory.resolve(name))) {
            return Optional.of(input.readNBytes(most + 1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
