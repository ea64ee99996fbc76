package io.gatehouse.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.ledger.verify.Verification;
import io.gatehouse.core.store.BackupKey;
import io.gatehouse.core.store.Backups;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.ShredReplay;
import io.gatehouse.core.vault.StoreVault;
import io.gatehouse.core.vault.VaultException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-02T12:00:00Z"));
    private static final String ORIGIN = "example.com/recovery";
    private static final BackupKey KEY = BackupKey.of(byte[]::clone, byte[]::clone);
    private static final PersonId ANNA = PersonId.of("anna-17");
    private static final PersonId BEN = PersonId.of("ben-18");

    @TempDir
    Path directory;

    private KeyEncryptionKey outer;
    private Store store;
    private StoreVault vault;
    private StoreLedger ledger;
    private Backups backups;

    @BeforeEach
    void open() throws IOException {
        outer = KeyEncryptionKey.ofKeyFile(directory.resolve("outer.key"));
        backups = Backups.open(directory.resolve("backups"), KEY, CLOCK);
        openHouse(directory.resolve("data"));
        vault.keepShreddingsIn(shreddings());
    }

    private void openHouse(Path data) throws IOException {
        store = Stores.open(data.resolve("gate.db"));
        vault = StoreVault.open(store, outer, CLOCK);
        ledger = StoreLedger.open(store, vault, ORIGIN, CLOCK);
    }

    private void closeHouse() throws IOException {
        ledger.close();
        vault.close();
        store.close();
    }

    @AfterEach
    void close() throws IOException {
        closeHouse();
        backups.close();
        outer.close();
    }

    private Path shreddings() {
        return directory.resolve("shreddings");
    }

    private Path target() {
        return directory.resolve("restored").resolve("gate.db");
    }

    private void append(PersonId person, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            ledger.append(LedgerEvent.builder(EventKind.of("test.event"), CLOCK.instant())
                    .person(person)
                    .personalFact("seen", person.value())
                    .build());
        }
    }

    private Recovery.Builder recovery(String... known) {
        Recovery.Builder builder =
                Recovery.builder(outer, CLOCK).trust(ledger.verifierKey()).shreddings(shreddings());
        for (String each : known) {
            builder.known(each);
        }
        return builder;
    }

    private Recovered restore(Recovery recovery) throws IOException {
        return recovery.restore(backups, 1, target(), entry -> {});
    }

    private void assertRefused(Recovery.Builder recovery, String why) throws IOException {
        assertThatThrownBy(() -> restore(recovery.build()))
                .isInstanceOf(BackupRefusedException.class)
                .hasMessageContaining(why);
        assertNothingRestored();
    }

    private void assertNothingRestored() throws IOException {
        if (Files.exists(target().resolveSibling("."))) {
            try (Stream<Path> files = Files.list(target().resolveSibling("."))) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void restoresABackupThatHasEverythingKnownOutside() throws Exception {
        append(ANNA, 3);
        String known = ledger.checkpoint().note();
        append(BEN, 2);
        backups.take(store);

        Recovered recovered = restore(recovery(known).build());

        assertThat(recovered.entries()).isEqualTo(5);
        assertThat(recovered.shown()).isEqualTo(3);
        assertThat(recovered.missing()).isEmpty();
        assertThat(recovered.shreddings()).hasValue(new ShredReplay(0, 0, 0, false));
        closeHouse();
        openHouse(target().resolveSibling("."));
        assertThat(ledger.verify()).isInstanceOf(Verification.Verified.class);
        assertThat(ledger.checkpoint()).isEqualTo(recovered.checkpoint());
        LedgerEntry last = ledger.entries(5, 10).get(0);
        assertThat(last.event().kind().value()).isEqualTo(Recovery.RESTORED);
        assertThat(last.event().facts())
                .containsEntry("backup", "1")
                .containsEntry("entries", "5")
                .containsEntry("missing", "0")
                .containsEntry("known-size", "3");
    }

    @Test
    void listsMissingEntriesByAnExportAndWithholdsWhoWasShreddedSince() throws Exception {
        append(ANNA, 200);
        append(BEN, 100);
        backups.take(store);
        append(ANNA, 150);
        append(BEN, 70);
        Path export = directory.resolve("export");
        ledger.export(export);
        append(BEN, 5);
        String newest = ledger.checkpoint().note();
        vault.shred(ANNA, DataClass.LEDGER);

        List<LedgerEntry> missing = new ArrayList<>();
        Recovered recovered = recovery(newest).export(export).build().restore(backups, 1, target(), missing::add);

        assertThat(recovered.shown()).isEqualTo(300);
        assertThat(recovered.missing()).hasValue(new Recovered.Missing(300, 524, 220));
        assertThat(recovered.shreddings()).hasValue(new ShredReplay(1, 0, 0, false));
        assertThat(missing).hasSize(220).isEqualTo(ledger.entries(300, 220));
        assertThat(missing.get(0).event().person()).isEmpty();
        assertThat(missing.get(150).event().person()).hasValue(BEN);
        assertThat(missing.get(150).event().personalFacts()).containsEntry("seen", BEN.value());
    }

    @Test
    void shredsAgainBeforeAnythingIsServed() throws Exception {
        byte[] sealed = vault.seal(ANNA, DataClass.FACE_TEMPLATE, new byte[] {7});
        append(ANNA, 2);
        String known = ledger.checkpoint().note();
        backups.take(store);
        vault.shred(ANNA, DataClass.FACE_TEMPLATE);
        vault.shred(ANNA, DataClass.LEDGER);

        Recovered recovered = restore(recovery(known).build());

        assertThat(recovered.shreddings()).hasValue(new ShredReplay(2, 0, 0, false));
        closeHouse();
        openHouse(target().resolveSibling("."));
        assertThat(vault.open(ANNA, DataClass.FACE_TEMPLATE, sealed)).isEmpty();
        assertThat(ledger.entries(0, 1).get(0).event().person()).isEmpty();
        vault.keepShreddingsIn(shreddings());
    }

    @Test
    @DisplayName("of a backup without the newest entries, an older checkpoint or a proof shows that it is a prefix")
    void showsAPrefixByAnOlderCheckpointOrAProof() throws Exception {
        append(ANNA, 4);
        String older = ledger.checkpoint().note();
        append(ANNA, 3);
        backups.take(store);
        append(ANNA, 6);
        String newest = ledger.checkpoint().note();

        assertRefused(recovery(newest), "nothing shows that the one begins with the other");
        assertThat(restore(recovery(newest, older).build()).shown()).isEqualTo(4);
        clear(target().resolveSibling("."));
        List<byte[]> proof = ledger.consistencyProof(7, 13);
        assertThat(restore(recovery(newest).proof(proof).build()).shown()).isEqualTo(7);
        clear(target().resolveSibling("."));
        Recovered unshown = restore(recovery(newest).insecureAcceptUnshown().build());
        assertThat(unshown.shown()).isZero();
        assertThat(unshown.missing()).hasValue(new Recovered.Missing(7, 12, 0));
        clear(target().resolveSibling("."));
        assertRefused(recovery(newest).proof(ledger.consistencyProof(6, 13)), "the proof given does not lead");
    }

    @Test
    @DisplayName("a backup of a ledger that was given another past under the same key is refused by whatever shows it")
    void refusesABackupThatIsNotConsistent() throws Exception {
        append(ANNA, 3);
        closeHouse();
        Path other = directory.resolve("other");
        Files.createDirectories(other);
        Files.copy(directory.resolve("data").resolve("gate.db"), other.resolve("gate.db"));
        openHouse(other);
        append(BEN, 4);
        backups.take(store);
        closeHouse();
        openHouse(directory.resolve("data"));
        append(ANNA, 3);
        String six = ledger.checkpoint().note();
        append(ANNA, 3);
        String nine = ledger.checkpoint().note();
        Path export = directory.resolve("export");
        ledger.export(export);

        assertRefused(recovery(six), "its first 6 entries are not those of the checkpoint");
        assertRefused(recovery(nine, six), "its first 6 entries are not those of the checkpoint");
        assertRefused(recovery(nine).export(export), "its 7 entries are not those of the export");
        assertRefused(
                recovery(six).insecureAcceptUnshown().insecureWithoutShreddings(),
                "its first 6 entries are not those of the checkpoint");
        assertRefused(recovery(nine).proof(ledger.consistencyProof(7, 9)), "the proof given does not lead");
    }

    @Test
    void refusesAnotherLedgerAnotherKeyAndAnAlteredExport() throws Exception {
        append(ANNA, 2);
        backups.take(store);
        append(ANNA, 2);
        Path export = directory.resolve("export");
        String known = ledger.export(export).note();
        StoreVault firstVault = vault;
        StoreLedger first = ledger;
        Store firstStore = store;
        openHouse(directory.resolve("another"));
        append(BEN, 2);
        String others = ledger.checkpoint().note();

        assertRefused(recovery(others), "which is not among those trusted");
        assertRefused(recovery(known), "which is not among those trusted");
        Recovery.Builder othersToo = recovery(known).trust(first.verifierKey()).known(others);
        assertRefused(othersToo, "its first 2 entries are not those of the checkpoint");
        closeHouse();
        ledger = first;
        vault = firstVault;
        store = firstStore;
        assertRefused(recovery(known, others), "The kept checkpoint of size 2 is not signed by a key that is trusted");
        Path bundle = export.resolve("tile").resolve("entries").resolve("000.p").resolve("4");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[40] ^= 1;
        Files.write(bundle, bytes);
        assertRefused(recovery(known).export(export), "does not verify");
        Files.delete(export.resolve("checkpoint"));
        assertThatThrownBy(() -> restore(recovery(known).export(export).build()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no exported ledger");
        assertNothingRestored();
    }

    @Test
    void refusesABackupWhoseLedgerWasAltered() throws Exception {
        append(ANNA, 3);
        String known = ledger.checkpoint().note();
        store.write(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE ledger_entry SET kind = 'test.other' WHERE position = 1");
            }
        });
        backups.take(store);
        assertRefused(recovery(known), "does not verify");
    }

    @Test
    void restoresNothingWithAListOfShreddingsThatIsMissingOrAltered() throws Exception {
        append(ANNA, 1);
        String known = ledger.checkpoint().note();
        backups.take(store);
        vault.shred(ANNA, DataClass.LEDGER);

        byte[] list = Files.readAllBytes(shreddings());
        list[60] ^= 1;
        Files.write(shreddings(), list);
        assertThatThrownBy(() -> restore(recovery(known).build()))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("altered");
        assertNothingRestored();
        Files.delete(shreddings());
        assertThatThrownBy(() -> restore(recovery(known).build())).hasMessageContaining("missing");
        assertNothingRestored();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recovery.builder(outer, CLOCK)
                        .trust(ledger.verifierKey())
                        .known(known)
                        .build())
                .withMessageContaining("list of shreddings");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recovery().build())
                .withMessageContaining("newest checkpoint");
    }

    @Test
    void restoresNothingWhenTheCallerCannotTakeAMissingEntry() throws Exception {
        append(ANNA, 1);
        backups.take(store);
        append(ANNA, 1);
        Path export = directory.resolve("export");
        String known = ledger.export(export).note();
        assertThatThrownBy(() -> recovery(known).export(export).build().restore(backups, 1, target(), entry -> {
                    throw new IllegalStateException("no more paper");
                }))
                .hasMessage("no more paper");
        assertNothingRestored();
    }

    private static void clear(Path directory) throws IOException {
        Files.walkFileTree(directory.normalize(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
