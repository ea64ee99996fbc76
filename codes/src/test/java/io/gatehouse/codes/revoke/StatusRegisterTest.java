package io.gatehouse.codes.revoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gatehouse.codes.token.StatusReference;
import io.gatehouse.core.contract.PostgresServer;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.store.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusRegisterTest {
    @TempDir
    Path folder;

    private Store store;
    private StatusRegister register;

    @BeforeEach
    void open() throws StoreException {
        store = Stores.open(folder.resolve("issuer.db"));
        register = StatusRegister.create(store);
    }

    @AfterEach
    void close() throws StoreException {
        store.close();
    }

    @Test
    @DisplayName("a place is given out once, over restarts too")
    void givesEachPlaceOutOnce() throws Exception {
        register.open(3, 1, 1_000);
        assertThat(register.allocate(3)).isEqualTo(StatusReference.of(3, 0));
        assertThat(register.allocate(3, 2)).containsExactly(StatusReference.of(3, 1), StatusReference.of(3, 2));
        store.close();
        open();
        register.open(3, 1, 1_000);
        assertThat(register.allocate(3)).isEqualTo(StatusReference.of(3, 3));
    }

    @Test
    void givesEachPlaceToOneOfManyThreadsAndPrograms() throws Exception {
        String url = PostgresServer.newDatabase();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Store one = Stores.open(url);
                Store other = Stores.open(url)) {
            List<StatusRegister> programs = List.of(StatusRegister.create(one), StatusRegister.create(other));
            programs.get(0).open(1, 2, 10_000);
            programs.get(1).open(1, 2, 10_000);
            List<Callable<List<StatusReference>>> issuers = new ArrayList<>();
            for (int issuer = 0; issuer < 40; issuer++) {
                StatusRegister program = programs.get(issuer % 2);
                int count = 1 + issuer % 5;
                issuers.add(() -> program.allocate(1, count));
            }
            List<StatusReference> given = new ArrayList<>();
            for (Future<List<StatusReference>> issuer : threads.invokeAll(issuers)) {
                given.addAll(issuer.get());
            }
            assertThat(given).hasSize(120).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void saysWhenAListIsFull() throws Exception {
        register.open(3, 1, 4);
        register.allocate(3, 3);
        assertThatIllegalStateException()
                .isThrownBy(() -> register.allocate(3, 2))
                .withMessageContaining("1 of its 4 places left");
        assertThat(register.allocate(3).index()).isEqualTo(3);
        assertThatIllegalStateException().isThrownBy(() -> register.allocate(3));
    }

    @Test
    void keepsEachVersion() throws Exception {
        register.open(3, 2, 100);
        register.allocate(3, 50);
        assertThat(register.set(StatusReference.of(3, 7), PassStatus.SUSPENDED)).isEqualTo(1);
        assertThat(register.set(3, Map.of(7, PassStatus.VALID, 8, PassStatus.REVOKED)))
                .isEqualTo(2);
        assertThat(register.set(StatusReference.of(3, 8), PassStatus.REVOKED))
                .as("nothing changes")
                .isEqualTo(2);
        assertThat(register.at(3, 0)).isEqualTo(StatusList.empty(3, 2, 100));
        assertThat(register.at(3, 1).statusOf(7)).isEqualTo(PassStatus.SUSPENDED);
        StatusList current = register.current(3);
        assertThat(current.version()).isEqualTo(2);
        assertThat(current.statusOf(7)).isEqualTo(PassStatus.VALID);
        assertThat(current.statusOf(8)).isEqualTo(PassStatus.REVOKED);
        assertThat(register.at(3, 1).changesTo(current)).isEqualTo(Map.of(7, PassStatus.VALID, 8, PassStatus.REVOKED));
        assertThatIllegalArgumentException().isThrownBy(() -> register.at(3, 3));
    }

    @Test
    @DisplayName("a pass that was revoked is never valid again")
    void neverTakesARevocationBack() throws Exception {
        register.open(3, 2, 100);
        register.allocate(3, 3);
        register.set(StatusReference.of(3, 1), PassStatus.REVOKED);
        for (PassStatus status : List.of(PassStatus.VALID, PassStatus.SUSPENDED)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> register.set(3, Map.of(0, PassStatus.REVOKED, 1, status)))
                    .withMessageContaining("for good");
        }
        assertThat(register.current(3).statusOf(0)).as("all or nothing").isEqualTo(PassStatus.VALID);
    }

    @Test
    void refusesPlacesAndListsThatThereAreNot() throws Exception {
        register.open(3, 1, 100);
        register.allocate(3, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> register.set(StatusReference.of(3, 3), PassStatus.REVOKED));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> register.set(StatusReference.of(3, 2), PassStatus.SUSPENDED));
        assertThatIllegalArgumentException().isThrownBy(() -> register.current(4));
        assertThatIllegalArgumentException().isThrownBy(() -> register.open(3, 2, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> register.open(3, 1, 101));
        assertThatIllegalArgumentException().isThrownBy(() -> register.allocate(3, 0));
    }
}
