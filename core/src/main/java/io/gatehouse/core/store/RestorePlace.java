package io.gatehouse.core.store;

import io.gatehouse.core.internal.DurableFiles;
import io.gatehouse.core.internal.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Where a database is restored: beside its place first, under {@code <name>.restoring}, and into it as the last step. */
record RestorePlace(Path file, Path target) {
    private static final String SUFFIX = ".restoring";

    /** What an interrupted restore left is cleared away; anything else in the directory is refused. */
    static RestorePlace prepare(Path database) throws IOException {
        Path target = database.toAbsolutePath();
        Path directory = target.getParent();
        if (directory == null) {
            throw new StoreException(database + " is a directory: give the path of a database file in it.");
        }
        DurableFiles.createDirectories(directory);
        RestorePlace place = new RestorePlace(target.resolveSibling(target.getFileName() + SUFFIX), target);
        place.clear();
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> others = files.limit(1).toList();
            if (!others.isEmpty()) {
                throw new StoreException("A backup is restored into an empty directory, and " + others.get(0)
                        + " is there: put it aside or restore elsewhere.");
            }
        }
        OwnerOnly.createFile(place.file());
        return place;
    }

    FileChannel channel() throws IOException {
        return FileChannel.open(file, StandardOpenOption.WRITE);
    }

    static void write(FileChannel out, byte[] chunk) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(chunk);
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    void moveIn() throws IOException {
        for (String log : List.of("-wal", "-journal")) {
            if (Files.exists(file.resolveSibling(file.getFileName() + log))) {
                throw new StoreException(
                        "The restored database " + file + " was left open: it cannot be put in place.");
            }
        }
        try (FileChannel channel = channel()) {
            channel.force(true);
        }
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        clear();
        DurableFiles.syncDirectory(target.resolveSibling(".").normalize());
    }

    void clear() throws IOException {
        for (String part : List.of("", "-wal", "-shm", "-journal", ".lock")) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + part));
        }
    }
}
