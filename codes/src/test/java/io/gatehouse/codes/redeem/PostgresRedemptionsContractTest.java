package io.gatehouse.codes.redeem;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.contract.PostgresServer;
import io.gatehouse.core.contract.RedemptionsContract;
import io.gatehouse.core.gate.Redemptions;
import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.store.Stores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each opening is another program's, and the one before stays open: gates share the database. */
class PostgresRedemptionsContractTest extends RedemptionsContract {
    private final List<Store> stores = new ArrayList<>();
    private @Nullable String url;

    @Override
    protected Redemptions open() throws StoreException {
        String at = url == null ? PostgresServer.newDatabase() : url;
        url = at;
        Store store = Stores.open(at);
        stores.add(store);
        return JdbcRedemptions.create(store);
    }

    @Test
    @DisplayName("ENT-6 of the gates of two programs that race for one credential exactly one gets it")
    void letsExactlyOneOfTwoProgramsHaveIt() throws Exception {
        Instant noon = Instant.parse("2026-03-02T12:00:00Z");
        List<Redemptions> programs = List.of(open(), open());
        int gates = 8;
        ExecutorService threads = Executors.newFixedThreadPool(gates);
        try {
            for (int round = 0; round < 20; round++) {
                RedemptionKey key = new RedemptionKey("race-" + round, noon.plusSeconds(3_600));
                CyclicBarrier start = new CyclicBarrier(gates);
                List<Callable<Boolean>> racers = new ArrayList<>();
                for (int gate = 0; gate < gates; gate++) {
                    Redemptions program = programs.get(gate % 2);
                    PortalId portal = PortalId.of("gate-" + gate);
                    racers.add(() -> {
                        start.await();
                        return program.reserve(key, portal, noon).isEmpty();
                    });
                }
                int winners = 0;
                for (Future<Boolean> racer : threads.invokeAll(racers)) {
                    winners += racer.get() ? 1 : 0;
                }
                assertThat(winners).isOne();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("ENT-6 what one program confirmed no other redeems, and what it gave back another may")
    void seesWhatAnotherProgramDid() throws Exception {
        Instant noon = Instant.parse("2026-03-02T12:00:00Z");
        PortalId north = PortalId.of("north");
        PortalId south = PortalId.of("south");
        RedemptionKey key = new RedemptionKey("shared", noon.plusSeconds(3_600));
        Redemptions one = open();
        Redemptions other = open();
        assertThat(one.reserve(key, north, noon)).isEmpty();
        assertThat(other.reserve(key, south, noon)).isPresent();
        one.giveBack(key, north);
        assertThat(other.reserve(key, south, noon)).isEmpty();
        other.confirm(key, south, noon);
        assertThat(one.reserve(key, north, noon)).isPresent();
    }

    @AfterEach
    void close() throws StoreException {
        for (Store store : stores) {
            store.close();
        }
    }
}
