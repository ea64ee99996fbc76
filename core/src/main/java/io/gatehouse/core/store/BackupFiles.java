package io.gatehouse.core.store;

import io.gatehouse.core.internal.DurableFiles;
import io.gatehouse.core.internal.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a backup directory. Each is written under another name, synced and renamed, so that a file with its name is
 * whole; a manifest comes last of all, after its chunks are on the disk.
 */
final class BackupFiles {
    static final int CHUNK_BYTES = 64 << 10;
    static final String KEY = "backup-key";

    private static final String TEMPORARY = ".tmp";
    private static final Pattern MANIFEST = Pattern.compile("backup-(\\d{8,18})");
    private static final int MAX_KEY_BYTES = 64 << 10;
    /** A database of 64 TiB. */
    private static final long MAX_MANIFEST_BYTES = 1L << 30;

    private final Path directory;
    private final Path chunks;

    BackupFiles(Path directory) throws IOException {
        this.directory = directory;
        this.chunks = directory.resolve("chunks");
        DurableFiles.createDirectories(chunks);
    }

    /** What a program left that died while it wrote. */
    void removeTemporary() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(TEMPORARY)).toList()) {
                Files.delete(file);
            }
        }
    }

    boolean hasKey() {
        return Files.exists(directory.resolve(KEY));
    }

    byte[] readKey() throws IOException {
        return readBounded(directory.resolve(KEY), MAX_KEY_BYTES);
    }

    void writeKey(byte[] wrapped) throws IOException {
        write(directory.resolve(KEY), wrapped);
        DurableFiles.syncDirectory(directory);
    }

    /** The numbers of the backups, oldest first. */
    List<Long> numbers() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> MANIFEST.matcher(file.getFileName().toString()))
                    .filter(name -> name.matches())
                    .map(name -> Long.valueOf(name.group(1)))
                    .sorted()
                    .toList();
        }
    }

    BackupManifest readManifest(long number, BackupCipher cipher) throws IOException {
        Path file = manifest(number);
        try {
            byte[] sealed = readBounded(file, MAX_MANIFEST_BYTES);
            BackupManifest manifest =
                    BackupManifest.decode(cipher.open(file.getFileName().toString(), sealed));
            if (manifest.number() != number) {
                throw new IOException("it is of backup " + manifest.number());
            }
            return manifest;
        } catch (NoSuchFileException e) {
            throw new StoreException("There is no backup " + number + " in " + directory + ".", e);
        } catch (GeneralSecurityException | IOException e) {
            throw new StoreException(
                    "Backup " + number + " cannot be used, " + file + " was altered or cut (" + e.getMessage()
                            + "): use another backup.",
                    e);
        }
    }

    void writeManifest(BackupManifest manifest, BackupCipher cipher) throws IOException {
        try (Stream<Path> folders = Files.list(chunks)) {
            for (Path folder : folders.toList()) {
                DurableFiles.syncDirectory(folder);
            }
        }
        DurableFiles.syncDirectory(chunks);
        Path file = manifest(manifest.number());
        write(file, cipher.seal(file.getFileName().toString(), manifest.encode()));
        DurableFiles.syncDirectory(directory);
    }

    void deleteManifest(long number) throws IOException {
        Files.delete(manifest(number));
        DurableFiles.syncDirectory(directory);
    }

    private Path manifest(long number) {
        return directory.resolve(String.format(Locale.ROOT, "backup-%08d", number));
    }

    /** The content of a chunk, which is what its name says. */
    byte[] readChunk(String name, BackupCipher cipher) throws IOException {
        Path file = chunk(name);
        try {
            byte[] clear = cipher.open(name, readBounded(file, CHUNK_BYTES + BackupCipher.OVERHEAD_BYTES));
            if (!Arrays.equals(cipher.name(clear), HexFormat.of().parseHex(name))) {
                throw new IOException("its content has another digest");
            }
            return clear;
        } catch (NoSuchFileException e) {
            throw new StoreException("The chunk " + file + " is missing.", e);
        } catch (GeneralSecurityException | IOException e) {
            throw new StoreException("The chunk " + file + " was altered or cut (" + e.getMessage() + ").", e);
        }
    }

    /** Writes a chunk unless it is there and sound; whether it was written. */
    boolean putChunk(String name, byte[] content, BackupCipher cipher) throws IOException {
        if (Files.exists(chunk(name))) {
            try {
                readChunk(name, cipher);
                return false;
            } catch (StoreException e) {
                // The content is at hand: the damaged file is replaced, for the older backups too.
                Files.delete(chunk(name));
            }
        }
        Files.createDirectories(chunks.resolve(name.substring(0, 2)));
        write(chunk(name), cipher.seal(name, content));
        return true;
    }

    private Path chunk(String name) {
        return chunks.resolve(name.substring(0, 2)).resolve(name);
    }

    /** Deletes the chunks that are not among these; how many. */
    int deleteChunksBut(Set<String> kept) throws IOException {
        List<Path> unused = new ArrayList<>();
        try (Stream<Path> files = Files.walk(chunks)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !kept.contains(file.getFileName().toString()))
                    .forEach(unused::add);
        }
        Set<Path> folders = new HashSet<>();
        for (Path file : unused) {
            Files.delete(file);
            folders.add(file.resolveSibling("."));
        }
        for (Path folder : folders) {
            DurableFiles.syncDirectory(folder.normalize());
        }
        return unused.size();
    }

    private static byte[] readBounded(Path file, long maxBytes) throws IOException {
        long size = Files.size(file);
        if (size > maxBytes) {
            throw new IOException("it has " + size + " bytes, at most " + maxBytes + " can be right");
        }
        return Files.readAllBytes(file);
    }

    private static void write(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
        Files.deleteIfExists(temporary);
        OwnerOnly.createFile(temporary);
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
