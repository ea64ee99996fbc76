package io.gatehouse.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.store.Dialect;
import io.gatehouse.core.store.Scripts;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.store.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys change while data stay. */
class VaultRotationTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T08:00:00Z"));
    private static final PersonId ANNA = PersonId.of("anna-17");
    private static final byte[] CLEAR = "a planted secret, 3f9a1c".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private BreakableStore store;
    private StoreVault vault;
    private CountedKey outer;

    @BeforeEach
    void open() throws IOException {
        store = new BreakableStore(Stores.open(directory.resolve("gatehouse.db")));
        outer = new CountedKey(KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key")));
        vault = StoreVault.open(store, outer, CLOCK);
    }

    @AfterEach
    void close() throws IOException {
        vault.close();
        store.close();
    }

    /** A store that fails before or after a commit, as a program that dies there. */
    private static final class BreakableStore implements Store {
        private final Store inner;
        int writesLeft = Integer.MAX_VALUE;
        boolean loseAnswer;

        BreakableStore(Store inner) {
            this.inner = inner;
        }

        @Override
        public Dialect dialect() {
            return inner.dialect();
        }

        @Override
        public void migrate(String room, Scripts scripts) throws StoreException {
            inner.migrate(room, scripts);
        }

        @Override
        public <T extends @Nullable Object> T write(Work<T> work) throws StoreException {
            if (writesLeft-- > 0) {
                return inner.write(work);
            }
            if (loseAnswer) {
                inner.write(work);
            }
            throw new StoreException("broken on purpose");
        }

        @Override
        public <T extends @Nullable Object> T read(Work<T> work) throws StoreException {
            return inner.read(work);
        }

        @Override
        public void scrub() throws StoreException {
            inner.scrub();
        }

        @Override
        public void close() throws StoreException {
            inner.close();
        }
    }

    private static final class CountedKey implements KeyEncryptionKey {
        private final KeyEncryptionKey inner;
        int calls;

        CountedKey(KeyEncryptionKey inner) {
            this.inner = inner;
        }

        @Override
        public String kind() {
            return inner.kind();
        }

        @Override
        public byte[] wrap(byte[] key) throws IOException {
            calls++;
            return inner.wrap(key);
        }

        @Override
        public byte[] unwrap(byte[] wrapped) throws IOException {
            calls++;
            return inner.unwrap(wrapped);
        }
    }

    private void reopen(KeyEncryptionKey key) throws IOException {
        vault.close();
        vault = StoreVault.open(store, key, CLOCK);
    }

    private List<byte[]> sealedForPeople(int people) throws IOException {
        List<byte[]> sealed = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            sealed.add(vault.seal(PersonId.of("p" + i), DataClass.FACE_TEMPLATE, CLEAR));
        }
        return sealed;
    }

    private void assertAllOpen(List<byte[]> sealed) throws IOException {
        for (int i = 0; i < sealed.size(); i++) {
            assertThat(vault.open(PersonId.of("p" + i), DataClass.FACE_TEMPLATE, sealed.get(i)))
                    .hasValue(CLEAR);
        }
    }

    @Test
    void anotherOuterKeyTakesOverAtOnce() throws Exception {
        List<byte[]> sealed = sealedForPeople(3);
        byte[] before = store.read(VaultTables::root).orElseThrow().storeKey();
        KeyEncryptionKey next = KeyEncryptionKey.ofKeyFile(directory.resolve("next.key"));
        vault.rotateOuterKey(next);
        assertAllOpen(sealed);
        assertThat(store.read(VaultTables::root).orElseThrow().storeKey()).isNotEqualTo(before);
        assertThatThrownBy(() -> StoreVault.open(store, outer, CLOCK)).isInstanceOf(VaultException.class);
        reopen(next);
        assertAllOpen(sealed);
        assertThat(files()).doesNotContain(new String(before, StandardCharsets.ISO_8859_1));
    }

    @Test
    void anOuterKeyThatDoesNotOpenWhatItWrapsDoesNotTakeOver() throws Exception {
        KeyEncryptionKey broken = KeyEncryptionKey.ofService("broken", (key, with) -> key, (key, with) -> new byte[9]);
        assertThatThrownBy(() -> vault.rotateOuterKey(broken))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("nothing was changed");
        reopen(outer);
    }

    @Test
    void anotherStoreKeyWrapsEveryDataKeyAndTheOldOneIsGone() throws Exception {
        List<byte[]> sealed = sealedForPeople(30);
        byte[] secret = vault.sealSecret("signing-key", CLEAR);
        byte[] pseudonym = vault.hash(ANNA, DataClass.LEDGER, CLEAR);
        List<byte[]> before = wrapped();
        vault.rotateStoreKey(outer);
        assertAllOpen(sealed);
        reopen(outer);
        assertAllOpen(sealed);
        assertThat(vault.openSecret("signing-key", secret)).isEqualTo(CLEAR);
        assertThat(vault.hash(ANNA, DataClass.LEDGER, CLEAR)).isEqualTo(pseudonym);
        VaultRoot now = VaultRoot.open(store.read(VaultTables::root).orElseThrow(), outer);
        assertThat(now.hasOldStoreKeys()).isFalse();
        assertThat(wrapped()).hasSize(31).doesNotContainAnyElementsOf(before);
        String files = files();
        assertThat(before)
                .allSatisfy(key -> assertThat(files).doesNotContain(new String(key, StandardCharsets.ISO_8859_1)));
    }

    @Test
    void aStoreKeyIsChangedOnlyWithTheKeyThatTheVaultOpensWith() throws Exception {
        KeyEncryptionKey other = KeyEncryptionKey.ofKeyFile(directory.resolve("other.key"));
        other.wrap(CLEAR);
        assertThatThrownBy(() -> vault.rotateStoreKey(other)).isInstanceOf(VaultException.class);
        reopen(outer);
    }

    @Test
    void survivesACrashAtEveryWriteOfARotation() throws Exception {
        List<byte[]> sealed = sealedForPeople(20);
        byte[] secret = vault.sealSecret("signing-key", CLEAR);
        for (boolean loseAnswer : new boolean[] {false, true}) {
            boolean finished = false;
            for (int writes = 0; !finished; writes++) {
                store.writesLeft = writes;
                store.loseAnswer = loseAnswer;
                try {
                    vault.rotateStoreKey(outer);
                    finished = true;
                } catch (StoreException e) {
                    assertThat(e).hasMessageContaining("broken on purpose");
                }
                store.writesLeft = Integer.MAX_VALUE;
                reopen(outer);
                assertAllOpen(sealed);
                assertThat(vault.openSecret("signing-key", secret)).isEqualTo(CLEAR);
                assertThat(VaultRoot.open(store.read(VaultTables::root).orElseThrow(), outer)
                                .hasOldStoreKeys())
                        .isFalse();
                sealed.add(vault.seal(PersonId.of("p" + sealed.size()), DataClass.FACE_TEMPLATE, CLEAR));
            }
        }
        assertAllOpen(sealed);
    }

    @Test
    void goesOnSealingOpeningAndShreddingWhileTheStoreKeyChanges() throws Exception {
        ExecutorService others = Executors.newFixedThreadPool(3);
        AtomicBoolean stop = new AtomicBoolean();
        List<Future<List<byte[]>>> work = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            String prefix = "t" + thread + "-";
            work.add(others.submit(() -> {
                List<byte[]> sealed = new ArrayList<>();
                while (!stop.get() || sealed.isEmpty()) {
                    PersonId person = PersonId.of(prefix + sealed.size());
                    sealed.add(vault.seal(person, DataClass.FACE_TEMPLATE, CLEAR));
                    assertThat(vault.open(person, DataClass.FACE_TEMPLATE, sealed.get(sealed.size() - 1)))
                            .hasValue(CLEAR);
                }
                vault.shred(PersonId.of(prefix + "0"), DataClass.FACE_TEMPLATE);
                return sealed;
            }));
        }
        for (int i = 0; i < 8; i++) {
            vault.rotateStoreKey(outer);
        }
        stop.set(true);
        others.shutdown();
        List<List<byte[]>> sealed = new ArrayList<>();
        for (Future<List<byte[]>> each : work) {
            sealed.add(each.get());
        }
        reopen(outer);
        for (int thread = 0; thread < 3; thread++) {
            for (int i = 0; i < sealed.get(thread).size(); i++) {
                PersonId person = PersonId.of("t" + thread + "-" + i);
                var clear = vault.open(
                        person, DataClass.FACE_TEMPLATE, sealed.get(thread).get(i));
                assertThat(clear.isPresent()).isEqualTo(i > 0);
            }
        }
    }

    @Test
    void aPersonsNewKeySealsAndTheOldOneStillOpens() throws Exception {
        byte[] before = vault.seal(ANNA, DataClass.LEDGER, CLEAR);
        byte[] pseudonym = vault.hash(ANNA, DataClass.LEDGER, CLEAR);
        vault.rotateDataKey(ANNA, DataClass.LEDGER);
        byte[] after = vault.seal(ANNA, DataClass.LEDGER, CLEAR);
        assertThat(DataKey.idIn(after)).isNotEqualTo(DataKey.idIn(before));
        assertThat(vault.hash(ANNA, DataClass.LEDGER, CLEAR)).isEqualTo(pseudonym);
        reopen(outer);
        assertThat(vault.open(ANNA, DataClass.LEDGER, before)).hasValue(CLEAR);
        assertThat(vault.open(ANNA, DataClass.LEDGER, after)).hasValue(CLEAR);
        assertThat(vault.hash(ANNA, DataClass.LEDGER, CLEAR)).isEqualTo(pseudonym);
        vault.shred(ANNA, DataClass.LEDGER);
        assertThat(vault.open(ANNA, DataClass.LEDGER, before)).isEmpty();
        assertThat(vault.open(ANNA, DataClass.LEDGER, after)).isEmpty();
        assertThatThrownBy(() -> vault.rotateDataKey(ANNA, DataClass.LEDGER)).isInstanceOf(ShreddedException.class);
    }

    @Test
    void asksTheOuterKeyOnceForAMillionOpenings() throws Exception {
        int people = 500;
        List<byte[]> sealed = sealedForPeople(people);
        outer.calls = 0;
        reopen(outer);
        for (int i = 0; i < 1_000_000; i++) {
            int person = i % people;
            if (vault.open(PersonId.of("p" + person), DataClass.FACE_TEMPLATE, sealed.get(person))
                    .isEmpty()) {
                throw new AssertionError("person " + person + " is gone");
            }
        }
        assertThat(outer.calls).isEqualTo(1);
    }

    @Test
    @Tag("long")
    void asksTheOuterKeyOnceForAMillionPeople() throws Exception {
        VaultRoot root = VaultRoot.open(store.read(VaultTables::root).orElseThrow(), outer);
        List<byte[]> sealed = new ArrayList<>();
        for (int batch = 0; batch < 1_000; batch++) {
            int from = batch * 1_000;
            store.write(connection -> {
                for (int i = from; i < from + 1_000; i++) {
                    byte[] subject = root.subject(PersonId.of("p" + i), DataClass.FACE_TEMPLATE);
                    VaultTables.insertKey(connection, root.makeKey(subject));
                }
                return from;
            });
            for (int i = from; i < from + 1_000; i++) {
                sealed.add(vault.seal(PersonId.of("p" + i), DataClass.FACE_TEMPLATE, CLEAR));
            }
        }
        outer.calls = 0;
        reopen(outer);
        assertAllOpen(sealed);
        assertThat(outer.calls).isEqualTo(1);
        vault.rotateStoreKey(outer);
        assertAllOpen(sealed);
    }

    @Test
    void opensAVaultThatVersion1Made() throws Exception {
        Properties kept = new Properties();
        try (InputStream in = getClass().getResourceAsStream("vault-1.properties")) {
            kept.load(in);
        }
        for (String file : List.of("vault-1.db", "vault-1.key")) {
            try (InputStream in = getClass().getResourceAsStream(file)) {
                Files.write(directory.resolve(file), in.readAllBytes());
            }
        }
        byte[] clear = "kept by version 1".getBytes(StandardCharsets.UTF_8);
        PersonId ben = PersonId.of("ben-18");
        KeyEncryptionKey key = KeyEncryptionKey.ofKeyFile(directory.resolve("vault-1.key"));
        Path list = directory.resolve("shreddings");
        try (Store old = Stores.open(directory.resolve("vault-1.db"));
                StoreVault opened = StoreVault.open(old, key, CLOCK)) {
            for (int round = 0; round < 2; round++) {
                assertThat(opened.open(ANNA, DataClass.LEDGER, bytes(kept, "data")))
                        .hasValue(clear);
                assertThat(opened.hash(ANNA, DataClass.LEDGER, clear)).isEqualTo(bytes(kept, "hash"));
                assertThat(opened.openSecret("signing-key", bytes(kept, "secret")))
                        .isEqualTo(clear);
                assertThat(opened.open(ben, DataClass.LEDGER, bytes(kept, "gone")))
                        .isEmpty();
                assertThat(opened.exportShreddings(list)).isEqualTo(1);
                opened.rotateStoreKey(key);
            }
        }
        try (Store old = Stores.open(directory.resolve("vault-1.db"));
                StoreVault opened = StoreVault.open(old, key, CLOCK)) {
            assertThat(opened.openSecret("signing-key", bytes(kept, "secret"))).isEqualTo(clear);
            assertThat(opened.replayShreddings(list)).isEqualTo(new ShredReplay(0, 1, 0, false));
        }
    }

    private static byte[] bytes(Properties kept, String name) {
        return HexFormat.of().parseHex(kept.getProperty(name));
    }

    private List<byte[]> wrapped() throws IOException {
        return store.read(connection -> VaultTables.keysAfter(connection, new byte[0], 1_000)).stream()
                .map(VaultTables.Wrapped::key)
                .toList();
    }

    private String files() throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(directory)) {
            for (Path each :
                    files.filter(file -> file.toString().contains(".db")).toList()) {
                all.append(new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
