package io.gatehouse.biometrics.modeltools.fetch;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Files that appear whole or not at all: written beside their place under another name, then renamed. Two builds that write
 * the same file at once both succeed, and a reader never sees half of one.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes the bytes, making the folder if need be. Throws {@link FetchException} with the reason, such as a full disk. */
    public static void write(Path file, byte[] bytes) throws FetchException {
        try {
            Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
            Path part = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
            try {
                Files.write(part, bytes, StandardOpenOption.CREATE_NEW);
                move(part, file);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static FetchException cannotWrite(Path file, IOException e) {
        String reason = e instanceof FileSystemException f && f.getReason() != null
                ? f.getReason()
                : String.valueOf(e.getMessage());
        return new FetchException(
                "Cannot write " + file + " (" + reason + "): make room there and see that the folder may be written"
                        + " (-Dgatehouse.models.cache=DIR names another folder for fetched packages).",
                e);
    }
}
