package io.gatehouse.core.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * Makes files and names survive a power cut: a file's bytes are on the disk when it was synced, its name when its
 * directory was. Directories can be synced where the system lets them be opened (POSIX).
 */
public final class DurableFiles {
    private DurableFiles() {}

    /** Makes a directory and what is missing above it, durably. */
    public static void createDirectories(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath();
        Path parent = absolute.getParent();
        if (Files.isDirectory(absolute) || parent == null) {
            return;
        }
        createDirectories(parent);
        Files.createDirectories(absolute);
        syncDirectory(parent);
    }

    /** Makes everything under a directory durable, but not its own name. */
    public static void syncTree(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                if (Files.isDirectory(each)) {
                    syncDirectory(each);
                } else {
                    sync(each, StandardOpenOption.WRITE);
                }
            }
        }
    }

    /** Makes a directory's entries durable. */
    public static void syncDirectory(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            sync(directory, StandardOpenOption.READ);
        }
    }

    private static void sync(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }
}
