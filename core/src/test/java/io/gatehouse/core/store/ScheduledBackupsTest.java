package io.gatehouse.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduledBackupsTest {
    private static final BackupKey KEY = BackupKey.of(byte[]::clone, byte[]::clone);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final PersonId ANNA = PersonId.of("anna-17");

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-03-02T12:00:00Z");
    private final List<BackupRun> told = new ArrayList<>();
    private Store store;
    private Backups backups;

    @BeforeEach
    void open() throws IOException {
        store = Stores.open(directory.resolve("data").resolve("gate.db"));
        backups = Backups.open(where(), KEY, () -> now);
    }

    @AfterEach
    void close() throws IOException {
        backups.close();
        store.close();
    }

    private Path where() {
        return directory.resolve("backups");
    }

    private ScheduledBackups every(Duration interval, int newest) {
        return ScheduledBackups.create(backups, store, BackupSchedule.every(interval, newest), () -> now, told::add);
    }

    private List<Long> numbers() throws IOException {
        return backups.list().stream().map(Backup::number).toList();
    }

    private BackupRun.Taken taken(BackupRun run) {
        assertThat(run).as(run::toString).isInstanceOf(BackupRun.Taken.class);
        return (BackupRun.Taken) run;
    }

    private BackupRun.Failed failed(BackupRun run) {
        assertThat(run).as(run::toString).isInstanceOf(BackupRun.Failed.class);
        return (BackupRun.Failed) run;
    }

    @Test
    void takesABackupWhenItIsDueAndKeepsTheNewest() throws Exception {
        ScheduledBackups scheduled = every(HOUR, 2);
        Instant start = now;
        scheduled.run();
        assertThat(taken(told.get(0)).next()).isEqualTo(start.plus(HOUR));
        now = start.plus(HOUR).minusMillis(1);
        assertThat(scheduled.runDue()).isEqualTo(new BackupRun.NotDue(start.plus(HOUR)));
        now = start.plus(HOUR);
        assertThat(taken(scheduled.runDue()).dropped()).isEmpty();
        // However many were missed, one is taken.
        now = start.plus(HOUR.multipliedBy(10));
        BackupRun.Taken third = taken(scheduled.runDue());
        assertThat(third.backup().number()).isEqualTo(3);
        assertThat(third.dropped()).containsExactly(1L);
        assertThat(third.oldest()).isEqualTo(start.plus(HOUR));
        assertThat(numbers()).containsExactly(2L, 3L);
        // A new program goes on where the last one ended.
        assertThat(every(HOUR, 2).runDue()).isEqualTo(new BackupRun.NotDue(now.plus(HOUR)));
    }

    @Test
    void takesOneAtOnceWhenTheClockWasSetBack() throws Exception {
        ScheduledBackups scheduled = every(HOUR, 3);
        scheduled.run();
        now = now.minus(Duration.ofDays(300));
        assertThat(taken(scheduled.runDue()).next()).isEqualTo(now.plus(HOUR));
        assertThat(scheduled.runDue()).isInstanceOf(BackupRun.NotDue.class);
    }

    @Test
    void tellsOfAFailureAndTriesAgain() throws Exception {
        ScheduledBackups scheduled = every(HOUR, 2);
        Path inTheWay = directory.resolve("data").resolve("gate.db.backup-copy");
        Files.createDirectories(inTheWay.resolve("full"));
        scheduled.run();
        BackupRun.Failed failure = failed(told.get(0));
        assertThat(failure.taken()).isEmpty();
        assertThat(failure.cause()).isInstanceOf(StoreException.class).hasMessageContaining("gate.db");
        assertThat(failure.next()).isEqualTo(now.plus(Duration.ofMinutes(5)));
        assertThat(scheduled.runDue()).isEqualTo(new BackupRun.NotDue(failure.next()));
        Files.delete(inTheWay.resolve("full"));
        now = failure.next();
        assertThat(taken(scheduled.runDue()).backup().number()).isEqualTo(1);
    }

    @Test
    @DisplayName("a damaged old backup holds up dropping, which is said, but not the next backups")
    void goesOnTakingBackupsBesideADamagedOne() throws Exception {
        ScheduledBackups scheduled = every(HOUR, 2);
        scheduled.run();
        Path manifest = where().resolve("backup-00000001");
        byte[] whole = Files.readAllBytes(manifest);
        Files.write(manifest, new byte[40]);
        now = now.plus(HOUR);
        BackupRun.Failed failure = failed(scheduled.runDue());
        assertThat(failure.taken().map(Backup::number)).hasValue(2L);
        assertThat(failure.cause()).hasMessageContaining("Backup 1 cannot be used");
        now = failure.next();
        assertThat(failed(scheduled.runDue()).taken()).isEqualTo(failure.taken());
        Files.write(manifest, whole);
        now = now.plus(Duration.ofMinutes(5));
        assertThat(taken(scheduled.runDue()).backup().number()).isEqualTo(2);
        // Nothing reads the manifest of one that is to go.
        Files.write(manifest, new byte[40]);
        assertThat(backups.keep(Set.of(2L))).containsExactly(1L);
    }

    @Test
    void tellsOfAScheduleThatThrows() {
        BackupSchedule broken = new BackupSchedule() {
            @Override
            public Instant due(Backup last, Instant at) {
                return at;
            }

            @Override
            public Set<Long> kept(List<Backup> all, Instant at) {
                throw new IllegalStateException("no idea");
            }
        };
        ScheduledBackups scheduled = ScheduledBackups.create(backups, store, broken, () -> now, told::add);
        scheduled.run();
        assertThat(failed(told.get(0)).cause()).hasMessage("no idea");
        assertThat(told.get(0)
                        .<Optional<Backup>>fold(
                                notDue -> Optional.empty(),
                                done -> Optional.of(done.backup()),
                                BackupRun.Failed::taken))
                .isPresent();
    }

    @Test
    @DisplayName("a shredded key is in no backup that stays once all that were taken before are dropped")
    void aShreddedKeyVanishesWithRotation() throws Exception {
        ScheduledBackups scheduled = every(HOUR, 2);
        try (KeyEncryptionKey outer = KeyEncryptionKey.ofKeyFile(directory.resolve("outer.key"))) {
            byte[] sealed;
            try (StoreVault vault = StoreVault.open(store, outer, () -> now)) {
                sealed = vault.seal(ANNA, DataClass.FACE_TEMPLATE, new byte[] {7});
                scheduled.run();
                now = now.plus(HOUR);
                vault.shred(ANNA, DataClass.FACE_TEMPLATE);
                Instant shredded = now;
                now = now.plusMillis(1);
                BackupRun.Taken second = taken(scheduled.runDue());
                assertThat(second.oldest()).isBefore(shredded);
                assertThat(opensIn(1, outer, sealed)).isTrue();
                List<Path> before = chunks();
                now = now.plus(HOUR);
                BackupRun.Taken third = taken(scheduled.runDue());
                assertThat(third.oldest()).isAfter(shredded);
                assertThat(chunks()).doesNotContainSequence(before);
            }
            for (long number : numbers()) {
                assertThat(opensIn(number, outer, sealed)).isFalse();
            }
            assertThat(numbers()).containsExactly(2L, 3L);
            assertThat(chunks().size())
                    .isLessThanOrEqualTo(
                            backups.list().stream().mapToInt(Backup::chunks).sum());
        }
    }

    private boolean opensIn(long number, KeyEncryptionKey outer, byte[] sealed) throws IOException {
        boolean[] opens = {false};
        Path target = directory.resolve("restored-" + number).resolve("gate.db");
        backups.restore(number, target, restored -> {
            try (StoreVault vault = StoreVault.open(restored, outer, () -> now)) {
                opens[0] = vault.open(ANNA, DataClass.FACE_TEMPLATE, sealed).isPresent();
            }
        });
        return opens[0];
    }

    private List<Path> chunks() throws IOException {
        try (Stream<Path> files = Files.walk(where().resolve("chunks"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static Backup backup(long number, String takenAt) {
        return new Backup(number, Instant.parse(takenAt), 1, 1, 0);
    }

    @Test
    void keepsTheNewestOfDaysWeeksAndMonths() {
        BackupSchedule schedule = BackupSchedule.daily(LocalTime.of(3, 0), ZoneOffset.UTC, 2, 3, 3);
        List<Backup> all = List.of(
                backup(1, "2025-12-31T03:00:00Z"),
                backup(2, "2026-01-10T03:00:00Z"),
                backup(3, "2026-01-31T03:00:00Z"),
                backup(4, "2026-02-27T03:00:00Z"),
                backup(5, "2026-03-01T03:00:00Z"),
                backup(6, "2026-03-04T03:00:00Z"),
                backup(7, "2026-03-08T03:00:00Z"),
                backup(8, "2026-03-11T03:00:00Z"),
                backup(9, "2026-03-12T03:00:00Z"),
                backup(10, "2026-03-12T09:00:00Z"));
        // Thursday: today and yesterday; weeks from 23 February, 2 and 9 March; January, February, March.
        assertThat(schedule.kept(all, Instant.parse("2026-03-12T09:00:00Z")))
                .containsExactlyInAnyOrder(10L, 8L, 5L, 7L, 3L, 4L);
        assertThat(schedule.kept(all, Instant.parse("2027-03-12T09:00:00Z"))).isEmpty();
    }

    @Test
    void isDueOnceADayAlsoWhenTheClockChanges() {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        BackupSchedule schedule = BackupSchedule.daily(LocalTime.of(2, 30), zone, 7, 4, 12);
        Instant at = Instant.parse("2026-03-28T01:30:00Z");
        List<String> due = new ArrayList<>();
        for (int day = 0; day < 3; day++) {
            at = schedule.due(new Backup(1, at, 1, 1, 0), at);
            due.add(at.toString());
        }
        assertThat(due).containsExactly("2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z");
        assertThat(schedule.due(backup(1, "2026-03-28T00:00:00Z"), at)).isEqualTo("2026-03-28T01:30:00Z");
    }

    @Test
    void refusesSchedulesThatKeepNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> BackupSchedule.every(HOUR, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> BackupSchedule.every(Duration.ZERO, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BackupSchedule.daily(LocalTime.NOON, ZoneOffset.UTC, 0, 4, 12));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BackupSchedule.daily(LocalTime.NOON, ZoneOffset.UTC, 1, -1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> {
                    backups.take(store);
                    backups.take(store);
                    backups.keep(Set.of(1L));
                })
                .withMessageContaining("the newest backup stays");
    }
}
