package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.VerifierKey;
import io.gatehouse.core.store.BackupKey;
import io.gatehouse.core.store.Backups;
import io.gatehouse.core.upkeep.BackupRefusedException;
import io.gatehouse.core.upkeep.Recovered;
import io.gatehouse.core.upkeep.Recovery;
import io.gatehouse.core.vault.KeyEncryptionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores of ledgers whose signing key changed; here, since it takes the ledger's own classes to forge a change. */
class RecoveryKeysTest {
    private static final String NAME = "house.example.com";
    private static final InstantSource CLOCK = InstantSource.fixed(LedgerHouse.NOW);

    @TempDir
    Path directory;

    private LedgerHouse house;
    private Backups backups;
    private KeyEncryptionKey outer;

    @BeforeEach
    void open() throws IOException {
        house = LedgerHouse.open(directory);
        backups = Backups.open(directory.resolve("backups"), BackupKey.of(byte[]::clone, byte[]::clone), CLOCK);
        outer = KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key"));
    }

    @AfterEach
    void close() throws IOException {
        outer.close();
        backups.close();
        house.close();
    }

    private void append(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            house.ledger().append(LedgerHouse.event(i));
        }
    }

    private Recovery.Builder recovery(VerifierKey key, String... known) {
        Recovery.Builder builder = Recovery.builder(outer, CLOCK).trust(key).insecureWithoutShreddings();
        for (String each : known) {
            builder.known(each);
        }
        return builder;
    }

    private Path target() {
        return directory.resolve("restored").resolve("gate.db");
    }

    private Recovered restore(Recovery.Builder recovery) throws IOException {
        Recovered recovered = recovery.build().restore(backups, 1, target(), entry -> {});
        Files.delete(target());
        return recovered;
    }

    private void assertRefused(Recovery.Builder recovery, String why) throws IOException {
        assertThatThrownBy(() -> restore(recovery)).hasMessageContaining(why).isInstanceOf(IOException.class);
        if (Files.exists(target().resolveSibling("."))) {
            try (Stream<Path> files = Files.list(target().resolveSibling("."))) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("any key that was ever in force leads to the one that the backup's ledger signs by")
    void followsTheChangesInTheBackup() throws Exception {
        append(3);
        String first = house.ledger().checkpoint().note();
        house.ledger().rotateSigningKey();
        append(300);
        String second = house.ledger().checkpoint().note();
        house.ledger().rotateSigningKey();
        append(4);
        String third = house.ledger().checkpoint().note();
        backups.take(house.store());
        List<VerifierKey> keys = house.ledger().verifierKeys();
        assertThat(keys).hasSize(3);
        for (VerifierKey key : keys) {
            assertThat(restore(recovery(key, first, second, third)).shown())
                    .as("%s", key)
                    .isEqualTo(309);
        }
        VerifierKey stranger = CheckpointSigner.open(house.vault(), NAME, CheckpointSigner.makeSealed(house.vault()))
                .verifierKey();
        assertRefused(
                recovery(stranger, third), "which is not among those trusted, nor does a change of key lead to it");
    }

    @Test
    @DisplayName("a change since the backup is followed in an export; without one the kept checkpoint is refused")
    void followsTheChangesInTheExport() throws Exception {
        append(3);
        VerifierKey old = house.ledger().verifierKey();
        backups.take(house.store());
        VerifierKey fresh = house.ledger().rotateSigningKey();
        append(4);
        Path export = directory.resolve("export");
        String newest = house.ledger().export(export).note();
        assertRefused(recovery(old, newest), "the key changed since the backup; then give an export");
        assertRefused(recovery(fresh, newest), "which is not among those trusted");
        for (VerifierKey key : List.of(old, fresh)) {
            Recovered recovered = restore(recovery(key, newest).export(export));
            assertThat(recovered.shown()).isEqualTo(3);
            assertThat(recovered.missing()).hasValue(new Recovered.Missing(3, 7, 5));
        }
    }

    @Test
    @DisplayName("an export from before the change is verified by the key that the backup's change leads back to")
    void followsTheBackupBackToAnOlderExport() throws Exception {
        append(3);
        Path export = directory.resolve("export");
        house.ledger().export(export);
        VerifierKey fresh = house.ledger().rotateSigningKey();
        append(2);
        String newest = house.ledger().checkpoint().note();
        backups.take(house.store());
        assertThat(restore(recovery(fresh, newest).export(export)).shown()).isEqualTo(6);
    }

    @Test
    @DisplayName("a checkpoint that an old key signed after it was replaced is refused, unless that key was given")
    void refusesWhatAReplacedKeySigned() throws Exception {
        append(3);
        CheckpointSigner old = ForgedKeyChange.signer(house);
        VerifierKey fresh = house.ledger().rotateSigningKey();
        append(3);
        String newest = house.ledger().checkpoint().note();
        String stolen = old.sign(7, CheckpointNote.parse(newest).root());
        backups.take(house.store());
        assertRefused(recovery(fresh, stolen), "The kept checkpoint of size 7 is not signed by a key that is trusted");
        assertThat(restore(recovery(fresh, newest)).shown()).isEqualTo(7);
        assertThat(restore(recovery(old.verifierKey(), stolen)).shown()).isEqualTo(7);
    }

    private CheckpointSigner forge(boolean byOld, boolean byNew, long size) throws IOException {
        return ForgedKeyChange.record(house, byOld, byNew, size, directory.resolve("forged"));
    }

    @Test
    @DisplayName("a forged change of key, in the backup or in the export, is refused, whichever key is trusted")
    void refusesAForgedChange() throws Exception {
        append(7);
        String known = house.ledger().checkpoint().note();
        VerifierKey old = house.ledger().verifierKey();
        backups.take(house.store());
        CheckpointSigner fresh = forge(false, true, 7);
        String forged = Files.readString(directory.resolve("forged").resolve("checkpoint"));
        assertRefused(recovery(old, known).export(directory.resolve("forged")), "the old key did not sign it");
        assertRefused(recovery(old, known, forged), "The kept checkpoint of size 8 is not signed by a key that is");
        assertRefused(
                recovery(fresh.verifierKey(), forged).export(directory.resolve("forged")),
                "the old key did not sign it");
        backups.take(house.store());
        assertThatThrownBy(() -> recovery(old, known).build().restore(backups, 2, target(), entry -> {}))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("entry 7 is false, the old key did not sign it");
        assertThat(restore(recovery(old, known)).shown())
                .as("the backup before")
                .isEqualTo(7);
    }

    @Test
    @DisplayName("a change that both keys signed, but over other entries, is refused")
    void refusesAChangeFromAnotherPast() throws Exception {
        append(7);
        String known = house.ledger().checkpoint().note();
        VerifierKey old = house.ledger().verifierKey();
        backups.take(house.store());
        forge(true, true, 6);
        assertThatThrownBy(() -> restore(recovery(old, known).export(directory.resolve("forged"))))
                .isInstanceOf(BackupRefusedException.class)
                .hasMessageContaining("does not verify")
                .hasMessageContaining("signed over other entries");
    }
}
