package io.gatehouse.policy.retain;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.keep.KeptItem;
import io.gatehouse.core.ledger.Checkpoint;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.verify.VerifierKey;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.BackupKey;
import io.gatehouse.core.store.Backups;
import io.gatehouse.core.upkeep.Recovery;
import io.gatehouse.core.vault.KeyEncryptionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoredRetentionTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    @TempDir
    Path directory;

    private Instant now = START;

    @Test
    @DisplayName("ATT-7 a restored backup serves nothing until all later purges, shreddings and holds are applied")
    void restoredBackupCatchesUpFirst() throws IOException {
        Path old = Files.createDirectories(directory.resolve("old"));
        List<KeptItem> items = new ArrayList<>();
        Path export = directory.resolve("export");
        try (RetainHouse house = RetainHouse.open(old, () -> now);
                Backups backups = backups()) {
            items.add(house.picture("purged-since", "li", START));
            items.add(house.picture("erased-since", "wang", START.plus(Duration.ofDays(15))));
            items.add(house.picture("held-since", "zhao", START));
            items.add(house.picture("still-good", "chen", START.plus(Duration.ofDays(30))));
            backups.take(house.store);
            now = START.plus(Duration.ofDays(29));
            house.holds.place(LegalHold.of(PersonId.of("zhao"), "claim 7", PersonId.of("clerk"), now));
            now = START.plus(Duration.ofDays(31));
            house.job.run();
            house.job.erase(PersonId.of("wang"));
            assertThat(house.pictures.all()).containsExactly(items.get(2), items.get(3));
            house.ledger.export(export);
        }
        Path home = Files.createDirectories(directory.resolve("new"));
        Path restored = home.resolve("house.db");
        List<LedgerEntry> missing = restore(old, restored, export);
        Path files = Files.createDirectories(home.resolve("files"));
        for (KeptItem each : items) {
            Files.write(files.resolve("pictures-" + each.id()), new byte[] {1});
        }
        try (RetainHouse house = RetainHouse.open(home, () -> now)) {
            ServingGuard guard = ServingGuard.create(house.schedule, house.ledger, () -> now);
            assertThat(house.pictures.all()).as("the backup brings all back").hasSize(4);
            assertThat(guard.refusal(RetainHouse.PICTURE, items.get(3)).map(Reason::code))
                    .contains("retain.not-caught-up");
            for (LedgerEntry each : missing) {
                house.holds.replay(each);
            }
            List<PurgeCertificate> certificates = house.job.catchUp();
            assertThat(guard.refresh()).isTrue();
            assertThat(certificates).extracting(PurgeCertificate::cause).containsExactly("restored", "retention");
            assertThat(certificates).extracting(PurgeCertificate::held).containsExactly(0L, 1L);
            assertThat(house.pictures.all()).containsExactly(items.get(2), items.get(3));
            assertThat(house.pictures.file(items.get(0))).doesNotExist();
            assertThat(house.pictures.file(items.get(1))).doesNotExist();
            assertThat(guard.refusal(RetainHouse.PICTURE, items.get(3))).isEmpty();
            assertThat(guard.refusal(RetainHouse.PICTURE, items.get(2)).map(Reason::code))
                    .as("held, not served")
                    .contains("retain.over");
            assertThat(house.pictures.open(items.get(3))).contains("content of still-good");
        }
    }

    private Backups backups() throws IOException {
        KeyEncryptionKey key = KeyEncryptionKey.ofKeyFile(directory.resolve("backup.key"));
        return Backups.open(directory.resolve("backups"), BackupKey.of(key::wrap, key::unwrap), () -> now);
    }

    private List<LedgerEntry> restore(Path old, Path restored, Path export) throws IOException {
        String key = Files.readString(export.resolve("verifier-key")).strip();
        List<LedgerEntry> missing = new ArrayList<>();
        Files.copy(old.resolve("outer.key"), restored.resolveSibling("outer.key"), StandardCopyOption.COPY_ATTRIBUTES);
        Path place = directory.resolve("restore").resolve("house.db");
        try (Backups backups = backups();
                KeyEncryptionKey outer = KeyEncryptionKey.ofKeyFile(old.resolve("outer.key"))) {
            Recovery.builder(outer, () -> now)
                    .trust(VerifierKey.parse(key))
                    .known(Files.readString(export.resolve("checkpoint")))
                    .export(export)
                    .shreddings(RetainHouse.list(old))
                    .build()
                    .restore(backups, 1, place, missing::add);
        }
        Files.move(place, restored);
        return missing;
    }

    @Test
    void holdsAreReplayedOnceAndLiftedAgain() throws IOException {
        Path one = Files.createDirectories(directory.resolve("one"));
        List<LedgerEntry> entries;
        LegalHold hold = LegalHold.of(PersonId.of("li"), "claim\nof two lines", PersonId.of("clerk"), START);
        try (RetainHouse house = RetainHouse.open(one, () -> now)) {
            house.holds.place(hold);
            house.holds.lift(hold.id(), PersonId.of("clerk"), "closed");
            entries = house.ledger.entries(0, 10);
            Checkpoint checkpoint = house.ledger.checkpoint();
            assertThat(checkpoint.size()).isEqualTo(2);
        }
        try (RetainHouse house = RetainHouse.open(Files.createDirectories(directory.resolve("two")), () -> now)) {
            assertThat(house.holds.replay(entries.get(0))).isTrue();
            assertThat(house.holds.replay(entries.get(0))).isFalse();
            assertThat(house.holds.inForce()).containsExactly(hold);
            assertThat(house.holds.replay(entries.get(1))).isTrue();
            assertThat(house.holds.inForce()).isEmpty();
        }
    }
}
