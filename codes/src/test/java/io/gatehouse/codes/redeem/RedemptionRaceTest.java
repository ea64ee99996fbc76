package io.gatehouse.codes.redeem;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.contract.PostgresServer;
import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.Gate;
import io.gatehouse.core.gate.Passage;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole gates that race for the same codes: as threads on one store, and as programs on one server. */
class RedemptionRaceTest {
    private static final int CODES = 200;

    @TempDir
    Path folder;

    @Test
    @DisplayName("ENT-6 of gates on one embedded store that race for one code exactly one opens, round after round")
    void opensOneOfManyGatesOnOneEmbeddedStore() throws Exception {
        int gates = 8;
        ExecutorService threads = Executors.newFixedThreadPool(gates);
        try (Store store = Stores.open(folder.resolve("gate.db"))) {
            JdbcRedemptions redemptions = JdbcRedemptions.create(store);
            List<Gate> all = IntStream.range(0, gates)
                    .mapToObj(gate -> GateSide.gate("gate-" + gate, redemptions, Actuation.Done::new)
                            .build())
                    .toList();
            for (int round = 0; round < 25; round++) {
                String code = "round-" + round;
                CyclicBarrier start = new CyclicBarrier(gates);
                List<Callable<Passage>> racers = new ArrayList<>();
                for (Gate gate : all) {
                    racers.add(() -> {
                        start.await();
                        return gate.present(GateSide.code(code));
                    });
                }
                int opened = 0;
                for (Future<Passage> racer : threads.invokeAll(racers)) {
                    opened += racer.get().isOpened() ? 1 : 0;
                }
                assertThat(opened).as(code).isOne();
            }
            assertThat(redemptions.unconfirmed(GateSide.NOON.plusSeconds(1), 10))
                    .isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("ENT-6 of two programs on one PostgreSQL that race for 200 codes each code opens exactly one door")
    void opensOneDoorOfTwoProgramsForEachCode() throws Exception {
        String url = PostgresServer.newDatabase();
        Path errors = folder.resolve("errors");
        Process north = RedeemingProgram.start(errors, url, "north", CODES, false);
        Process south = RedeemingProgram.start(errors, url, "south", CODES, false);
        try (BufferedReader fromNorth = north.inputReader();
                BufferedReader fromSouth = south.inputReader()) {
            assertThat(fromNorth.readLine()).as(() -> text(errors)).isEqualTo("ready");
            assertThat(fromSouth.readLine()).as(() -> text(errors)).isEqualTo("ready");
            go(north);
            go(south);
            List<Integer> opened = new ArrayList<>(opened(fromNorth));
            List<Integer> bySouth = opened(fromSouth);
            System.out.println("RedemptionRaceTest: north opened " + opened.size() + ", south " + bySouth.size());
            opened.addAll(bySouth);
            assertThat(opened)
                    .as(() -> text(errors))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, CODES).boxed().toList());
        } finally {
            north.destroyForcibly();
            south.destroyForcibly();
        }
    }

    @Test
    @DisplayName("the embedded store is one program's: a second one is refused and opens no door")
    void refusesASecondProgramOnAnEmbeddedStore() throws Exception {
        Path errors = folder.resolve("errors");
        String url = "sqlite:" + folder.resolve("gate.db");
        try (Store store = Stores.open(url)) {
            JdbcRedemptions.create(store);
            Process second = RedeemingProgram.start(errors, url, "south", 1, false);
            try (BufferedReader out = second.inputReader()) {
                assertThat(out.readLine()).isNull();
                assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(second.exitValue()).isNotZero();
                assertThat(text(errors)).contains("StoreException");
            } finally {
                second.destroyForcibly();
            }
        }
    }

    private static void go(Process process) throws Exception {
        OutputStream in = process.getOutputStream();
        in.write('\n');
        in.flush();
    }

    private static List<Integer> opened(BufferedReader out) throws Exception {
        List<Integer> codes = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("opened ")) {
                codes.add(Integer.valueOf(line.substring("opened ".length())));
            }
        }
        return codes;
    }

    private static String text(Path errors) {
        try {
            return Files.exists(errors) ? Files.readString(errors) : "no errors";
        } catch (IOException e) {
            return e.toString();
        }
    }
}
