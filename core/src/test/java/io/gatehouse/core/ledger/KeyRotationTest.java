package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.Finding;
import io.gatehouse.core.ledger.verify.KeyChange;
import io.gatehouse.core.ledger.verify.LedgerVerifier;
import io.gatehouse.core.ledger.verify.Verification;
import io.gatehouse.core.ledger.verify.VerifierKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The signing key is exchanged, by one who may and by some who may not. */
class KeyRotationTest {
    private static final String NAME = "house.example.com";

    @TempDir
    Path directory;

    private LedgerHouse house;

    @BeforeEach
    void open() throws IOException {
        house = LedgerHouse.open(directory);
    }

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    private void reopen() throws IOException {
        close();
        open();
    }

    private void append(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            house.ledger().append(LedgerHouse.event(i));
        }
    }

    private Path export(String name) throws IOException {
        Path export = directory.resolve(name);
        house.ledger().export(export);
        return export;
    }

    private static List<String> found(VerifierKey key, Path export) throws IOException {
        return LedgerVerifier.of(key).verify(export).findings().stream()
                .map(finding -> finding.kind() + " " + finding.index())
                .toList();
    }

    @Test
    @DisplayName("after a rotation new checkpoints are signed by the new key, and old ones still verify by the old")
    void signsWithTheNewKeyFromThenOn() throws Exception {
        append(3);
        VerifierKey old = house.ledger().verifierKey();
        CheckpointNote before = CheckpointNote.parse(house.ledger().checkpoint().note());
        VerifierKey fresh = house.ledger().rotateSigningKey();
        assertThat(fresh).isNotEqualTo(old).isEqualTo(house.ledger().verifierKey());
        assertThat(house.ledger().verifierKeys()).containsExactly(old, fresh);
        CheckpointNote after = CheckpointNote.parse(house.ledger().checkpoint().note());
        assertThat(after.size()).isEqualTo(4);
        assertThat(after.signed(fresh)).isEqualTo(CheckpointNote.Signed.BY_THIS_KEY);
        assertThat(after.signed(old)).isEqualTo(CheckpointNote.Signed.BY_OTHERS);
        assertThat(before.signed(old)).isEqualTo(CheckpointNote.Signed.BY_THIS_KEY);
        assertThat(house.ledger().verify().findings()).isEmpty();
        append(300);
        house.ledger().rotateSigningKey();
        reopen();
        assertThat(house.ledger().verifierKeys()).hasSize(3).startsWith(old, fresh);
        assertThat(house.ledger().verify().findings()).isEmpty();
    }

    @Test
    void recordsTheChangeAsAnEntryThatBothKeysSigned() throws Exception {
        append(5);
        String root = house.ledger().checkpoint().rootHash();
        VerifierKey old = house.ledger().verifierKey();
        VerifierKey fresh = house.ledger().rotateSigningKey();
        LedgerEntry entry = house.ledger().entries(5, 1).get(0);
        assertThat(entry.event().kind()).isEqualTo(EventKind.KEY_CHANGE);
        KeyChange change = KeyChange.parse(entry.event().facts().getOrDefault(KeyChange.FACT, ""));
        assertThat(change.from()).isEqualTo(old);
        assertThat(change.to()).isEqualTo(fresh);
        assertThat(change.signedByBoth()).isTrue();
        assertThat(change.note().size()).isEqualTo(5);
        assertThat(HexFormat.of().formatHex(change.note().root())).isEqualTo(root);
    }

    @Test
    void keepsNothingOfTheOldPrivateKeyInTheTables() throws Exception {
        append(1);
        byte[] old = house.store().read(LedgerTables::root).orElseThrow().signingKey();
        VerifierKey fresh = house.ledger().rotateSigningKey();
        byte[] now = house.store().read(LedgerTables::root).orElseThrow().signingKey();
        assertThat(now).isNotEqualTo(old);
        assertThat(CheckpointSigner.open(house.vault(), NAME, now).verifierKey())
                .isEqualTo(fresh);
        assertThat(house.store().read(SigningTables::nextKey)).isEmpty();
    }

    @Test
    @DisplayName("an export verifies by every key that was ever in force, and names the newest")
    void leadsTheVerifierFromAnyKeyToTheNewest() throws Exception {
        house.ledger().rotateSigningKey();
        append(400);
        house.ledger().rotateSigningKey();
        house.ledger().rotateSigningKey();
        append(200);
        Path export = export("export");
        List<VerifierKey> keys = house.ledger().verifierKeys();
        assertThat(keys).hasSize(4);
        for (VerifierKey key : keys) {
            Verification verification = LedgerVerifier.of(key).verify(export);
            assertThat(verification.findings()).as("%s", key).isEmpty();
            assertThat(((Verification.Verified) verification).newest()).isEqualTo(keys.get(3));
        }
        VerifierKey stranger = CheckpointSigner.open(house.vault(), NAME, CheckpointSigner.makeSealed(house.vault()))
                .verifierKey();
        assertThat(found(stranger, export)).containsExactly("WRONG_KEY -1");
    }

    @Test
    void comparesWithACheckpointThatWasKeptBeforeTheChange() throws Exception {
        append(10);
        VerifierKey old = house.ledger().verifierKey();
        String kept = house.ledger().checkpoint().note();
        Path early = export("early");
        VerifierKey fresh = house.ledger().rotateSigningKey();
        append(10);
        String later = house.ledger().checkpoint().note();
        Path late = export("late");
        assertThat(LedgerVerifier.of(old).verify(late, kept).findings()).isEmpty();
        assertThat(LedgerVerifier.of(fresh).verify(late, kept).findings()).isEmpty();
        assertThat(LedgerVerifier.of(old).verify(late, later).findings()).isEmpty();
        assertThat(LedgerVerifier.of(fresh).verify(early, later).findings())
                .extracting(Finding::kind)
                .containsExactlyInAnyOrder(Finding.Kind.ROLLED_BACK, Finding.Kind.WRONG_KEY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LedgerVerifier.of(old).verify(early, later));
    }

    private VerifierKey forge(boolean byOld, boolean byNew, long size) throws IOException {
        return ForgedKeyChange.record(house, byOld, byNew, size, directory.resolve("forged"))
                .verifierKey();
    }

    @Test
    @DisplayName("a change that only one of the keys signed is refused, whichever of them is trusted")
    void refusesAChangeSignedByOneKeyOnly() throws Exception {
        append(7);
        VerifierKey old = house.ledger().verifierKey();
        VerifierKey fresh = forge(false, true, 7);
        Path forged = directory.resolve("forged");
        assertThat(found(old, forged)).containsExactly("FALSE_KEY_CHANGE 7", "WRONG_KEY -1");
        assertThat(found(fresh, forged)).containsExactly("FALSE_KEY_CHANGE 7");
        assertThat(LedgerVerifier.of(fresh).verify(forged).findings().get(0).words())
                .contains("the old key did not sign it");
        assertThatThrownBy(this::reopen)
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("entry 7")
                .hasMessageContaining("the old key did not sign it");
    }

    @Test
    void refusesAChangeThatTheNewKeyDidNotSign() throws Exception {
        append(7);
        VerifierKey old = house.ledger().verifierKey();
        forge(true, false, 7);
        assertThat(LedgerVerifier.of(old)
                        .verify(directory.resolve("forged"))
                        .findings()
                        .get(0)
                        .words())
                .contains("the new key did not sign it");
    }

    @Test
    void refusesAChangeThatWasSignedForAnotherPlace() throws Exception {
        append(7);
        VerifierKey old = house.ledger().verifierKey();
        forge(true, true, 6);
        assertThat(found(old, directory.resolve("forged"))).contains("FALSE_KEY_CHANGE 7");
    }

    @Test
    void refusesAnEventThatPretendsToBeAChange() throws Exception {
        LedgerEvent event = LedgerEvent.builder(EventKind.KEY_CHANGE, LedgerHouse.NOW)
                .fact(KeyChange.FACT, "mine")
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> house.ledger().append(event))
                .withMessageContaining("ledger.key-change");
        assertThat(house.ledger().size()).isZero();
    }

    @Test
    @DisplayName("a crash before the change is recorded leaves the old key in force, one after it the new key")
    void goesOnAfterACrashBetweenTheSteps() throws Exception {
        append(3);
        VerifierKey old = house.ledger().verifierKey();
        SigningKeys keys = SigningKeys.open(house.store(), house.vault(), NAME);
        EntryWriter writer = new EntryWriter(
                house.store(), new TreeNodes(house.store()), new PersonIndex(house.store(), PersonIndex.RUN));
        LedgerEvent change = keys.begin(writer.tree().size(), writer.tree().root(), LedgerHouse.NOW);
        reopen();
        assertThat(house.ledger().verifierKey()).isEqualTo(old);
        assertThat(house.ledger().verify().findings()).isEmpty();
        writer = new EntryWriter(
                house.store(), new TreeNodes(house.store()), new PersonIndex(house.store(), PersonIndex.RUN));
        writer.write(List.of(new EntrySealer(house.vault()).seal(change, LedgerHouse.NOW)));
        VerifierKey fresh =
                KeyChange.parse(change.facts().getOrDefault(KeyChange.FACT, "")).to();
        for (int opening = 0; opening < 2; opening++) {
            reopen();
            assertThat(house.ledger().verifierKey()).isEqualTo(fresh);
            assertThat(house.store().read(SigningTables::nextKey)).isEqualTo(Optional.empty());
            assertThat(house.ledger().verify().findings()).isEmpty();
        }
        house.ledger().rotateSigningKey();
        assertThat(found(old, export("export"))).isEmpty();
    }

    @Test
    void refusesASigningKeyThatWasExchangedInTheTables() throws Exception {
        append(3);
        house.ledger().rotateSigningKey();
        byte[] stolen = CheckpointSigner.makeSealed(house.vault());
        house.store().write(connection -> {
            try (var update = connection.prepareStatement("UPDATE ledger_root SET signing_key = ?")) {
                update.setBytes(1, stolen);
                return update.executeUpdate();
            }
        });
        assertThatThrownBy(this::reopen).isInstanceOf(LedgerException.class).hasMessageContaining("exchanged");
    }

    @Test
    @DisplayName("5 programs killed while they rotate: the last key that was told, or a later one, is in force")
    void isUsableWhenKilledWhileRotating() throws Exception {
        kill(5);
    }

    @Test
    @Tag("long")
    @DisplayName("50 programs killed while they rotate: the last key that was told, or a later one, is in force")
    void isUsableWhenKilledFiftyTimes() throws Exception {
        kill(50);
    }

    private void kill(int times) throws Exception {
        VerifierKey first = house.ledger().verifierKey();
        long seed = new Random().nextLong();
        System.out.println("KeyRotationTest seed " + seed);
        Random random = new Random(seed);
        for (int time = 0; time < times; time++) {
            house.close();
            String last = runAndKill(1 + random.nextInt(20), random.nextInt(20_000_000));
            house = LedgerHouse.open(directory);
            String as = "seed " + seed + ", kill " + time;
            assertThat(house.ledger().verifierKeys()).as(as).contains(VerifierKey.parse(last));
            assertThat(house.ledger().verify().findings()).as(as).isEmpty();
            house.ledger().append(LedgerHouse.event(time));
            assertThat(found(first, export("export-" + time))).as(as).isEmpty();
        }
        assertThat(Files.exists(directory.resolve("export-0"))).isTrue();
    }

    private String runAndKill(int keys, int spins) throws Exception {
        Process process = AppendingProgram.start(RotatingProgram.class, directory, List.of());
        String last = "";
        try (BufferedReader out = process.inputReader()) {
            for (int i = 0; i < keys; i++) {
                String line = out.readLine();
                assertThat(line)
                        .as(() -> "errors: " + errors())
                        .startsWith("key ")
                        .endsWith(" end");
                last = line.split(" ", -1)[1];
            }
            for (int i = 0; i < spins; i++) {
                Thread.onSpinWait();
            }
            AppendingProgram.kill(process);
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = line.endsWith(" end") ? line.split(" ", -1)[1] : last;
            }
        } finally {
            process.destroyForcibly();
        }
        return last;
    }

    private String errors() {
        try {
            return Files.readString(directory.resolve("errors"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
