package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.core.store.BackupKey;
import io.gatehouse.core.store.Backups;
import io.gatehouse.core.store.StoreException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes away the right to write, at a start and under a running ledger. Tests may run as root, whom permissions do not
 * bind, so this mounts a disk read-only or makes files immutable; where that is not possible it is skipped.
 */
class ReadOnlyDiskTest {
    private static final BackupKey KEY = BackupKey.of(byte[]::clone, byte[]::clone);

    @TempDir
    Path directory;

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void makeDisk() throws IOException {
        disk = Files.createDirectory(directory.resolve("disk"));
    }

    @AfterEach
    void takeDiskAway() throws Exception {
        if (mounted) {
            assertThat(run("umount", disk.toString())).isTrue();
        }
        setImmutable(false);
    }

    private void mount() throws InterruptedException {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", disk.toString());
        assumeTrue(mounted, "skipped: no disk can be mounted here");
    }

    private void remount(String how) throws InterruptedException {
        assertThat(run("mount", "-o", "remount," + how, disk.toString())).isTrue();
    }

    private boolean setImmutable(boolean immutable) throws IOException, InterruptedException {
        boolean all = true;
        try (Stream<Path> files = Files.list(disk)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all &= run("chattr", immutable ? "+i" : "-i", file.toString());
            }
        }
        return all;
    }

    @Test
    @DisplayName("a start on a disk that is mounted read-only says so, and the next on a writable one goes on")
    void saysThatTheDiskIsReadOnlyAtTheStart() throws Exception {
        mount();
        try (LedgerHouse house = LedgerHouse.open(disk)) {
            house.ledger().append(LedgerHouse.event(0));
        }
        remount("ro");
        assertThatThrownBy(() -> LedgerHouse.open(disk).close())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(disk.toString())
                .hasMessageContaining("read-only");
        remount("rw");
        try (LedgerHouse house = LedgerHouse.open(disk)) {
            assertThat(house.ledger().append(LedgerHouse.event(1)).index()).isEqualTo(1);
            assertThat(house.ledger().verify().findings()).isEmpty();
        }
    }

    @Test
    @DisplayName("a first start on a disk that is read-only says so and leaves nothing")
    void saysThatNothingCanBeMade() throws Exception {
        mount();
        remount("ro");
        assertThatThrownBy(() -> LedgerHouse.open(disk).close())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("Read-only file system")
                .hasMessageContaining("cannot be made");
        remount("rw");
        LedgerHouse.open(disk).close();
    }

    @Test
    @DisplayName("files that cannot be written any more under a running ledger: it says so, and goes on when they can")
    void goesOnWhenTheDiskIsWritableAgain() throws Exception {
        try (LedgerHouse house = LedgerHouse.open(disk)) {
            house.ledger().append(LedgerHouse.event(0));
            assumeTrue(
                    setImmutable(true) && !canWrite(),
                    "skipped: files cannot be made immutable here, for the user or by the file system");
            List<CompletableFuture<LedgerEntry>> futures = Stream.of(1, 2, 3)
                    .map(i -> house.ledger().appendAsync(LedgerHouse.event(i)))
                    .toList();
            assertThat(futures).allSatisfy(each -> assertThat(each).failsWithin(Duration.ofMinutes(1)));
            assertThatThrownBy(() -> house.ledger().append(LedgerHouse.event(4)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(LedgerHouse.DATABASE)
                    .hasMessageContaining("read-only");
            assertThat(house.ledger().size()).isEqualTo(1);
            assertThat(house.ledger().entries(0, 10)).hasSize(1);

            assertThat(setImmutable(false)).isTrue();

            assertThat(house.ledger().append(LedgerHouse.event(5)).index()).isEqualTo(1);
            assertThat(house.ledger().verify().findings()).isEmpty();
        }
        try (LedgerHouse house = LedgerHouse.open(disk)) {
            assertThat(house.ledger().size()).isEqualTo(2);
            assertThat(house.ledger().verify().findings()).isEmpty();
        }
    }

    private boolean canWrite() {
        try {
            Files.write(disk.resolve(LedgerHouse.DATABASE + "-wal"), new byte[0], StandardOpenOption.APPEND);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    @DisplayName("an export or a backup to a disk that is read-only says which file, and leaves nothing")
    void exportsAndBackupsSayThatTheDiskIsReadOnly() throws Exception {
        mount();
        try (LedgerHouse house = LedgerHouse.open(directory.resolve("data"))) {
            house.ledger().append(LedgerHouse.event(0));
            Path export = disk.resolve("export");
            Path backups = disk.resolve("backups");
            Backups.open(backups, KEY, InstantSource.system()).close();
            remount("ro");
            assertThatThrownBy(() -> house.ledger().export(export))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("Read-only file system")
                    .hasMessageContaining(disk.toString());
            assertThatThrownBy(() -> Backups.open(backups, KEY, InstantSource.system()))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("Read-only file system");
            remount("rw");
            try (Stream<Path> files = Files.list(disk)) {
                assertThat(files).containsExactly(backups);
            }
            house.ledger().export(export);
            try (Backups opened = Backups.open(backups, KEY, InstantSource.system())) {
                assertThat(opened.take(house.store()).number()).isEqualTo(1);
            }
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
