package io.gatehouse.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.contract.PostgresServer;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two programs, each with a store of its own, on one PostgreSQL and with one vault. */
class SharedVaultTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T12:00:00Z"), ZoneOffset.UTC);
    private static final DataClass NOTE = DataClass.of("note");
    private static final PersonId ADA = PersonId.of("ada");
    private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private final List<Store> stores = Collections.synchronizedList(new ArrayList<>());
    private String url;
    private StoreVault one;
    private StoreVault other;

    @BeforeEach
    void open() throws IOException {
        url = PostgresServer.newDatabase();
        one = program();
        other = program();
    }

    @AfterEach
    void close() throws IOException {
        for (Store store : stores) {
            store.close();
        }
    }

    private StoreVault program() throws IOException {
        Store store = Stores.open(url);
        stores.add(store);
        try (KeyEncryptionKey outer = outer()) {
            return StoreVault.open(store, outer, CLOCK);
        }
    }

    private KeyEncryptionKey outer() throws IOException {
        return KeyEncryptionKey.ofKeyFile(directory.resolve("outer.key"));
    }

    @Test
    void opensNothingThatAnotherProgramShredded() throws Exception {
        byte[] sealed = one.seal(ADA, NOTE, SECRET);
        byte[] person = other.sealPerson(ADA, NOTE, SECRET);
        assertThat(other.open(ADA, NOTE, sealed)).hasValue(SECRET);
        one.shred(ADA, NOTE);
        assertThat(other.open(ADA, NOTE, sealed)).isEmpty();
        assertThat(other.openPerson(NOTE, SECRET, person)).isEmpty();
        assertThat(other.knownHash(ADA, NOTE, SECRET)).isEmpty();
        assertThatThrownBy(() -> other.seal(ADA, NOTE, SECRET)).isInstanceOf(ShreddedException.class);
        assertThatThrownBy(() -> other.hash(ADA, NOTE, SECRET)).isInstanceOf(ShreddedException.class);
    }

    @Test
    void sealsByTheKeyThatAnotherProgramPutInPlace() throws Exception {
        byte[] old = other.seal(ADA, NOTE, SECRET);
        byte[] hash = other.hash(ADA, NOTE, SECRET);
        one.rotateDataKey(ADA, NOTE);
        assertThat(DataKey.idIn(other.seal(ADA, NOTE, SECRET)))
                .isEqualTo(DataKey.idIn(one.seal(ADA, NOTE, SECRET)))
                .isNotEqualTo(DataKey.idIn(old));
        assertThat(other.hash(ADA, NOTE, SECRET)).isEqualTo(hash);
        one.shred(ADA, NOTE);
        one.renew(ADA, NOTE);
        assertThat(one.open(ADA, NOTE, other.seal(ADA, NOTE, SECRET))).hasValue(SECRET);
        assertThat(other.hash(ADA, NOTE, SECRET))
                .isEqualTo(one.hash(ADA, NOTE, SECRET))
                .isNotEqualTo(hash);
        assertThat(other.open(ADA, NOTE, old)).isEmpty();
    }

    @Test
    void opensNothingOnceTheShreddingHasReturnedHoweverManyThreadsAreAtIt() throws Exception {
        int people = 40;
        List<byte[]> sealed = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            sealed.add(one.seal(PersonId.of("p" + i), NOTE, SECRET));
        }
        AtomicInteger gone = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                readers.add(threads.submit(() -> {
                    int opened = 0;
                    for (int at = 0; gone.get() < people; at = (at + 1) % people) {
                        boolean wasGone = at < gone.get();
                        boolean opens = other.open(PersonId.of("p" + at), NOTE, sealed.get(at))
                                .isPresent();
                        assertThat(wasGone && opens).as("person " + at).isFalse();
                        opened += opens ? 1 : 0;
                    }
                    return opened;
                }));
            }
            for (int i = 0; i < people; i++) {
                one.shred(PersonId.of("p" + i), NOTE);
                gone.incrementAndGet();
            }
            int opened = 0;
            for (Future<Integer> reader : readers) {
                opened += reader.get();
            }
            assertThat(opened).isPositive();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void callsThatBelongTogetherSeeWhatWasShreddedBeforeThem() throws Exception {
        byte[] sealed = one.seal(ADA, NOTE, SECRET);
        assertThat(other.open(ADA, NOTE, sealed)).isPresent();
        one.shred(ADA, NOTE);
        int opened = other.together(() -> {
            int count = 0;
            for (int i = 0; i < 3; i++) {
                count += other.together(() -> other.open(ADA, NOTE, sealed)).isPresent() ? 1 : 0;
            }
            return count;
        });
        assertThat(opened).isZero();
        // The next call asks again.
        one.renew(ADA, NOTE);
        byte[] anew = one.seal(ADA, NOTE, SECRET);
        assertThat(other.open(ADA, NOTE, anew)).isPresent();
        one.shred(ADA, NOTE);
        assertThat(other.open(ADA, NOTE, anew)).isEmpty();
    }

    @Test
    void saysWhenAnotherProgramChangedTheStoreKeyAndLosesNothing() throws Exception {
        byte[] sealed = other.seal(ADA, NOTE, SECRET);
        byte[] secret = other.sealSecret("key", SECRET);
        try (KeyEncryptionKey outer = outer()) {
            one.rotateStoreKey(outer);
            assertThatThrownBy(() -> other.open(ADA, NOTE, sealed)).hasMessageContaining("open the vault again");
            assertThatThrownBy(() -> other.seal(PersonId.of("new"), NOTE, SECRET))
                    .isInstanceOf(VaultException.class)
                    .hasMessageContaining("open the vault again");
            assertThatThrownBy(() -> other.rotateStoreKey(outer)).hasMessageContaining("open the vault again");
            assertThatThrownBy(() -> other.rotateOuterKey(outer)).hasMessageContaining("open the vault again");
        }
        StoreVault again = program();
        assertThat(again.open(ADA, NOTE, sealed)).hasValue(SECRET);
        assertThat(again.openSecret("key", secret)).isEqualTo(SECRET);
        PersonId fresh = PersonId.of("new");
        assertThat(one.open(fresh, NOTE, again.seal(fresh, NOTE, SECRET))).hasValue(SECRET);
    }

    @Test
    void programsThatBeginAtOnceMakeOneVault() throws Exception {
        url = PostgresServer.newDatabase();
        int programs = 4;
        CyclicBarrier start = new CyclicBarrier(programs);
        Callable<StoreVault> beginning = () -> {
            start.await();
            return program();
        };
        outer().close();
        ExecutorService threads = Executors.newFixedThreadPool(programs);
        try {
            List<Future<StoreVault>> vaults = new ArrayList<>();
            for (int i = 0; i < programs; i++) {
                vaults.add(threads.submit(beginning));
            }
            byte[] sealed = vaults.get(0).get().seal(ADA, NOTE, SECRET);
            for (Future<StoreVault> vault : vaults) {
                assertThat(vault.get().open(ADA, NOTE, sealed)).hasValue(SECRET);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
