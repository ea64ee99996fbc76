package io.gatehouse.core.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.Gate;
import io.gatehouse.core.gate.PortalDriver;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.presence.Presence;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goes the whole way with marked names, templates, keys and passphrases, and looks for them wherever they must not be. */
class PlantedSecretsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T08:00:00Z"));
    private static final String PASSPHRASE = "planted-passphrase-q8x3";
    private static final String WRONG = "planted-wrong-guess-k2m7";
    private static final String NAME = "Planted Name Zqvx";
    private static final PersonId PERSON = PersonId.of("planted-person-w5t9");
    private static final byte[] TEMPLATE = "planted-template-b4n6".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SECRET = "planted-signing-key-j7r2".getBytes(StandardCharsets.UTF_8);
    private static final String CODE = "planted-code-payload-h3c8";
    private static final Portal DOOR =
            new Portal(PortalId.of("door"), "Door", PortalKind.DOOR, ZoneCode.OUTSIDE, ZoneCode.of("hall"));

    @TempDir
    Path directory;

    private final StringBuilder log = new StringBuilder();
    private final StringBuilder thrown = new StringBuilder();
    private final StringBuilder shown = new StringBuilder();
    private String filesWhileOpen = "";
    private final List<byte[]> keysInClear = new ArrayList<>();

    private final class Capture extends Handler {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public synchronized void publish(LogRecord logged) {
            log.append(formatter.format(logged));
            log.append(Arrays.toString(logged.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Sees the store key in clear, as whoever wraps it does. */
    private final class SpyingKey implements KeyEncryptionKey {
        private final KeyEncryptionKey inner;

        SpyingKey(KeyEncryptionKey inner) {
            this.inner = inner;
        }

        @Override
        public String kind() {
            return inner.kind();
        }

        @Override
        public byte[] wrap(byte[] key) throws IOException {
            keysInClear.add(key.clone());
            return inner.wrap(key);
        }

        @Override
        public byte[] unwrap(byte[] wrapped) throws IOException {
            byte[] clear = inner.unwrap(wrapped);
            keysInClear.add(clear.clone());
            return clear;
        }

        @Override
        public String toString() {
            return inner.toString();
        }
    }

    @Test
    void nothingPlantedComesOutWhereItMustNot() throws Exception {
        Logger root = Logger.getLogger("");
        Logger own = Logger.getLogger("io.gatehouse");
        Level before = own.getLevel();
        Capture capture = new Capture();
        capture.setLevel(Level.ALL);
        own.setLevel(Level.ALL);
        root.addHandler(capture);
        own.addHandler(capture);
        try {
            goTheWholeWay();
        } finally {
            root.removeHandler(capture);
            own.removeHandler(capture);
            own.setLevel(before);
        }
        String files = filesWhileOpen + files();
        assertThat(log).as("the log has what the broken door said").contains("IllegalStateException");
        assertThat(thrown).contains("VaultException");
        for (String planted : List.of(
                PASSPHRASE,
                WRONG,
                NAME,
                CODE,
                new String(TEMPLATE, StandardCharsets.UTF_8),
                new String(SECRET, StandardCharsets.UTF_8))) {
            for (String form : forms(planted.getBytes(StandardCharsets.UTF_8))) {
                assertThat(log).doesNotContain(form);
                assertThat(thrown).doesNotContain(form);
                assertThat(shown).doesNotContain(form);
                assertThat(files).doesNotContain(form);
            }
        }
        assertThat(log).doesNotContain(PERSON.value());
        assertThat(thrown).doesNotContain(PERSON.value());
        assertThat(files).doesNotContain(PERSON.value());
        assertNoKeyIn(files);
    }

    /** A key within a keyset, at whatever place, is found by its windows of 24 bytes. */
    private void assertNoKeyIn(String files) {
        assertThat(keysInClear).hasSizeGreaterThan(4);
        String all = files + log + thrown + shown;
        for (byte[] key : keysInClear) {
            for (int from = key.length - 40; from + 24 <= key.length; from++) {
                for (String form : forms(Arrays.copyOfRange(key, from, from + 24))) {
                    assertThat(all.contains(form)).as("a key in clear").isFalse();
                }
            }
        }
    }

    private static List<String> forms(byte[] bytes) {
        return List.of(
                new String(bytes, StandardCharsets.ISO_8859_1),
                new String(bytes, StandardCharsets.UTF_16BE),
                HexFormat.of().formatHex(bytes),
                HexFormat.of().withUpperCase().formatHex(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Arrays.toString(bytes));
    }

    private void goTheWholeWay() throws Exception {
        try (Store store = Stores.open(directory.resolve("gatehouse.db"));
                KeyEncryptionKey outer = new SpyingKey(KeyEncryptionKey.ofPassphrase(PASSPHRASE.toCharArray()));
                StoreVault vault = StoreVault.open(store, outer, CLOCK)) {
            StoreLedger ledger = StoreLedger.open(store, vault, "secrets.example.com", CLOCK);
            vault.keepShreddingsIn(directory.resolve("shreddings"));
            useVault(store, vault, outer);
            useLedgerAndGate(ledger);
            show(store, outer, vault, ledger, ledger.checkpoint(), ledger.verify());
            vault.rotateStoreKey(outer);
            Presence presence = Presence.of(ledger);
            presence.catchUp();
            show(presence, presence.counts());
            // While the program runs the log of the database is still there.
            filesWhileOpen = files();
            assertThat(filesWhileOpen).hasSizeGreaterThan((int) Files.size(directory.resolve("gatehouse.db")));
            show(vault.shred(PERSON, DataClass.LEDGER), vault.replayShreddings(directory.resolve("shreddings")));
            fails(() -> vault.seal(PERSON, DataClass.LEDGER, TEMPLATE));
        }
    }

    private void useVault(Store store, StoreVault vault, KeyEncryptionKey outer) throws Exception {
        byte[] sealed = vault.seal(PERSON, DataClass.FACE_TEMPLATE, TEMPLATE);
        byte[] secret = vault.sealSecret("signing-key", SECRET);
        fails(() -> vault.open(PersonId.of("somebody"), DataClass.FACE_TEMPLATE, sealed));
        fails(() -> vault.open(PERSON, DataClass.LEDGER, sealed));
        fails(() -> vault.open(PERSON, DataClass.FACE_TEMPLATE, TEMPLATE));
        fails(() -> vault.openSecret("another", secret));
        fails(() -> vault.openPerson(DataClass.LEDGER, TEMPLATE, sealed));
        fails(() -> KeyEncryptionKey.ofPassphrase("planted".toCharArray()));
        fails(() -> outer.unwrap(TEMPLATE));
        try (KeyEncryptionKey wrong = KeyEncryptionKey.ofPassphrase(WRONG.toCharArray())) {
            show(wrong);
            fails(() -> StoreVault.open(store, wrong, CLOCK));
        }
        vault.rotateDataKey(PERSON, DataClass.FACE_TEMPLATE);
        vault.seal(PERSON, DataClass.FACE_TEMPLATE, TEMPLATE);
        show(DataKey.of(new byte[8], new byte[32], TEMPLATE), new HmacKey(SECRET), Keyset.generate(), VaultRoot.make());
    }

    private void useLedgerAndGate(StoreLedger ledger) throws Exception {
        LedgerEvent event = LedgerEvent.builder(EventKind.DECISION, CLOCK.instant())
                .person(PERSON)
                .personalFact("name", NAME)
                .build();
        show(event, ledger.append(event));
        fails(() -> ledger.append(LedgerEvent.builder(EventKind.OUTCOME, CLOCK.instant())
                .id(event.id())
                .person(PERSON)
                .personalFact("name", NAME + " again")
                .build()));
        for (PortalDriver driver : List.of(new Door(false), new Door(true))) {
            Gate gate = Gate.builder(DOOR, Direction.ENTRY)
                    .codes((evidence, checkpost) -> Identity.Known.of(PERSON, Method.CODE, 60))
                    .decider(request -> Decision.Granted.by("everybody"))
                    .driver(driver)
                    .ledger(ledger)
                    .clock(CLOCK)
                    .emergencyRecording(Runnable::run)
                    .build();
            CodeEvidence code = CodeEvidence.ofText(CODE, CLOCK.instant(), "scanner");
            show(code, gate, gate.present(code).actuation(), gate.release("test"), gate.reset(PersonId.of("guard-1")));
        }
    }

    private record Door(boolean isBroken) implements PortalDriver {
        @Override
        public Actuation open() {
            if (isBroken) {
                throw new IllegalStateException("the relay does not answer");
            }
            return new Actuation.Done();
        }

        @Override
        public Actuation release() {
            return open();
        }

        @Override
        public Actuation reset() {
            return open();
        }
    }

    private void show(Object... things) {
        for (Object thing : things) {
            shown.append(thing).append('\n');
        }
    }

    private void fails(Callable<?> call) {
        try {
            throw new AssertionError("should have failed, gave " + call.call());
        } catch (Exception e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            thrown.append(trace);
        }
    }

    private String files() throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.walk(directory)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
