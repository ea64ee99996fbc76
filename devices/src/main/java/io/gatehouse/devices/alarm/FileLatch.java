package io.gatehouse.devices.alarm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file that is written beside, synced, and put in the old one's place. Thread-safe within a program. */
final class FileLatch implements AlarmLatch {
    private static final int MAX_BYTES = 1 << 20;

    private final Path file;

    FileLatch(Path file) {
        this.file = file.toAbsolutePath();
    }

    @Override
    public synchronized List<Alarm> load() throws IOException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException(file + " is too large to be an alarm latch");
            }
            return LatchCodec.decode(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new IOException("the alarm latch " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void save(List<Alarm> alarms) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer all = ByteBuffer.wrap(LatchCodec.encode(alarms));
            while (all.hasRemaining()) {
                channel.write(all);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory();
    }

    /** The new name, too, where the system lets a directory be opened (POSIX). */
    private void syncDirectory() throws IOException {
        Path directory = file.getParent();
        if (directory != null
                && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public String toString() {
        return "AlarmLatch[" + file + "]";
    }
}
