package io.gatehouse.core.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A directory of backups of a SQLite store, encrypted, taken while the store is at work, best on another disk or host.
 * Thread-safe: one call at a time does its work. A second opener of the directory is refused.
 *
 * <p>The database is cut into chunks of 64 KiB, stored under the keyed digest of their content; a backup is the list of
 * its chunks. So a backup holds the whole state, needs no other one, and writes only what changed. A program that is
 * killed leaves the backups before as they were. Shredding reaches the backups when those taken before it are dropped,
 * by {@link #keep}.
 */
public final class Backups implements AutoCloseable {
    private final Path directory;
    private final BackupFiles files;
    private final BackupCipher cipher;
    private final InstantSource clock;
    private final FileChannel lock;

    private Backups(Path directory, BackupFiles files, BackupCipher cipher, InstantSource clock, FileChannel lock) {
        this.directory = directory;
        this.files = files;
        this.cipher = cipher;
        this.clock = clock;
        this.lock = lock;
    }

    /**
     * Opens a directory of backups, making it with a new random key, wrapped by {@code key}, if there is none.
     *
     * @throws StoreException if another has it open
     * @throws IOException    also if {@code key} is not the one it was made with
     */
    public static Backups open(Path directory, BackupKey key, InstantSource clock) throws IOException {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(clock, "clock");
        Path absolute = directory.toAbsolutePath();
        BackupFiles files = new BackupFiles(absolute);
        FileChannel lock = lock(absolute);
        try {
            files.removeTemporary();
            return new Backups(absolute, files, BackupKeyFile.open(files, key), clock, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("backup.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock taken = channel.tryLock();
            if (taken != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new StoreException("The backups in " + directory + " are already open in this program.", e);
        }
        channel.close();
        throw new StoreException("The backups in " + directory + " are open in another program: wait for its end.");
    }

    /**
     * Takes a backup and reads it back. It needs room beside the database for a copy of it meanwhile.
     *
     * @param store a SQLite store; writes go on
     * @throws IllegalArgumentException for other stores: a PostgreSQL server has its own means (pg_basebackup with
     *                                  archived logs)
     * @throws IOException              if the database is damaged, or the backup cannot be written or read back; the
     *                                  backups before stay as they are
     */
    public synchronized Backup take(Store store) throws IOException {
        if (!(store instanceof SqliteStore sqlite)) {
            throw new IllegalArgumentException("these backups are of SQLite stores, not of " + store
                    + ": back a PostgreSQL server up with its own tools, such as pg_basebackup");
        }
        List<Long> before = files.numbers();
        long number = before.isEmpty() ? 1 : before.get(before.size() - 1) + 1;
        // Before the copy: what was over by this time is in the backup.
        Instant takenAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Path copy = sqlite.copy();
        try {
            SqliteConnections.requireSound(copy);
            return take(copy, number, takenAt);
        } finally {
            Files.delete(copy);
        }
    }

    private Backup take(Path copy, long number, Instant takenAt) throws IOException {
        List<String> chunks = new ArrayList<>();
        int written = 0;
        MessageDigest whole = Migrations.sha256();
        try (InputStream in = new DigestInputStream(new BufferedInputStream(Files.newInputStream(copy)), whole)) {
            for (byte[] chunk = in.readNBytes(BackupFiles.CHUNK_BYTES);
                    chunk.length > 0;
                    chunk = in.readNBytes(BackupFiles.CHUNK_BYTES)) {
                String name = HexFormat.of().formatHex(cipher.name(chunk));
                written += files.putChunk(name, chunk, cipher) ? 1 : 0;
                chunks.add(name);
            }
        }
        BackupManifest manifest =
                new BackupManifest(number, takenAt, Files.size(copy), whole.digest(), List.copyOf(chunks));
        files.writeManifest(manifest, cipher);
        verify(number);
        return manifest.backup(written);
    }

    /** The backups, oldest first. */
    public synchronized List<Backup> list() throws IOException {
        List<Backup> backups = new ArrayList<>();
        for (long number : files.numbers()) {
            backups.add(files.readManifest(number, cipher).backup(0));
        }
        return List.copyOf(backups);
    }

    /**
     * Reads a backup whole.
     *
     * @throws StoreException naming the file that is missing or altered
     */
    public synchronized void verify(long number) throws IOException {
        assemble(files.readManifest(number, cipher), chunk -> {});
    }

    private interface Sink {
        void accept(byte[] chunk) throws IOException;
    }

    private void assemble(BackupManifest manifest, Sink sink) throws IOException {
        MessageDigest whole = Migrations.sha256();
        long bytes = 0;
        for (String name : manifest.chunks()) {
            byte[] chunk;
            try {
                chunk = files.readChunk(name, cipher);
            } catch (StoreException e) {
                throw new StoreException(
                        "Backup " + manifest.number() + " cannot be used, use another: " + e.getMessage(), e);
            }
            whole.update(chunk);
            bytes += chunk.length;
            sink.accept(chunk);
        }
        if (bytes != manifest.bytes() || !Arrays.equals(whole.digest(), manifest.sha256())) {
            throw new StoreException("Backup " + manifest.number() + " cannot be used, its chunks do not make up the"
                    + " database that was backed up: use another.");
        }
    }

    /**
     * Restores a backup. There is the whole checked database at {@code database} afterwards, or none.
     *
     * @param database where no file is yet, in a directory that is missing or empty
     * @param check    is shown the restored store before it is put in place
     * @throws IOException if the backup or the database in it is damaged, or what {@code check} threw
     */
    public synchronized void restore(long number, Path database, RestoreCheck check) throws IOException {
        Objects.requireNonNull(check, "check");
        BackupManifest manifest = files.readManifest(number, cipher);
        RestorePlace place = RestorePlace.prepare(database);
        try {
            try (FileChannel out = place.channel()) {
                assemble(manifest, chunk -> RestorePlace.write(out, chunk));
            }
            SqliteConnections.requireSound(place.file());
            try (Store restored = SqliteStore.open(place.file())) {
                check.check(restored);
                restored.scrub();
            }
            place.moveIn();
        } catch (IOException | RuntimeException e) {
            try {
                place.clear();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** The newest backup that can be read; a damaged one is left to {@link #verify}. */
    synchronized Optional<Backup> newest() throws IOException {
        List<Long> numbers = new ArrayList<>(files.numbers());
        Collections.reverse(numbers);
        for (long number : numbers) {
            Optional<Backup> backup = readable(number);
            if (backup.isPresent()) {
                return backup;
            }
        }
        return Optional.empty();
    }

    private Optional<Backup> readable(long number) throws IOException {
        try {
            return Optional.of(files.readManifest(number, cipher).backup(0));
        } catch (StoreException damaged) {
            // Whoever asks goes by an older one then and takes a backup sooner, which is what helps.
            return Optional.empty();
        }
    }

    /**
     * Drops all but the newest backups and what only they needed.
     *
     * @param newest how many stay, at least 1
     */
    public synchronized void keep(int newest) throws IOException {
        if (newest < 1) {
            throw new IllegalArgumentException("at least 1 backup stays, not " + newest);
        }
        List<Long> numbers = files.numbers();
        keep(new HashSet<>(numbers.subList(Math.max(0, numbers.size() - newest), numbers.size())));
    }

    /**
     * Drops all but these backups and what only they needed, also what a program left that died while it took one. A
     * program that dies here leaves the rest to the next call.
     *
     * @param numbers of the backups that stay, with the newest; one that is not there is passed over
     * @return the numbers of those dropped
     * @throws IOException if a backup that stays is damaged; then nothing was dropped, for what it needs is not known
     */
    public synchronized List<Long> keep(Set<Long> numbers) throws IOException {
        List<Long> kept = new ArrayList<>(files.numbers());
        if (!kept.isEmpty() && !numbers.contains(kept.get(kept.size() - 1))) {
            throw new IllegalArgumentException(
                    "the newest backup stays, and " + kept.get(kept.size() - 1) + " is not among " + numbers);
        }
        List<Long> dropped = new ArrayList<>(kept);
        kept.retainAll(numbers);
        dropped.removeAll(numbers);
        Set<String> used = new HashSet<>();
        for (long number : kept) {
            used.addAll(files.readManifest(number, cipher).chunks());
        }
        for (long number : dropped) {
            files.deleteManifest(number);
        }
        files.deleteChunksBut(used);
        return List.copyOf(dropped);
    }

    @Override
    public synchronized void close() throws IOException {
        lock.close();
    }

    @Override
    public String toString() {
        return "Backups[" + directory + "]";
    }
}
