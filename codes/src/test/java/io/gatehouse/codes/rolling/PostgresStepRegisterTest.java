package io.gatehouse.codes.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.codes.contract.StepRegisterContract;
import io.gatehouse.core.contract.PostgresServer;
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
class PostgresStepRegisterTest extends StepRegisterContract {
    private final List<Store> stores = new ArrayList<>();
    private @Nullable String url;

    @Override
    protected StepRegister open() throws StoreException {
        String at = url == null ? PostgresServer.newDatabase() : url;
        url = at;
        Store store = Stores.open(at);
        stores.add(store);
        return JdbcStepRegister.create(store);
    }

    @Test
    @DisplayName("ENT-6 of the gates of two programs that race for one step exactly one gets it")
    void letsExactlyOneOfTwoProgramsHaveAStep() throws Exception {
        Instant noon = Instant.parse("2026-03-02T12:00:00Z");
        List<StepRegister> programs = List.of(open(), open());
        int gates = 8;
        ExecutorService threads = Executors.newFixedThreadPool(gates);
        try {
            for (int round = 0; round < 20; round++) {
                Instant step = noon.plusSeconds(15L * round);
                CyclicBarrier start = new CyclicBarrier(gates);
                List<Callable<Boolean>> racers = new ArrayList<>();
                for (int gate = 0; gate < gates; gate++) {
                    StepRegister program = programs.get(gate % 2);
                    racers.add(() -> {
                        start.await();
                        return program.take("a1a2a3a4", step, noon.plusSeconds(3_600));
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

    @AfterEach
    void close() throws StoreException {
        for (Store store : stores) {
            store.close();
        }
    }
}
