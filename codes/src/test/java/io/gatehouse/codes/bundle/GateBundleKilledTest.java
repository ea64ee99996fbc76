package io.gatehouse.codes.bundle;

import static io.gatehouse.codes.bundle.Bundles.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.codes.revoke.StatusListOptions;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a gate at any moment while it takes bundles, and looks by which it works afterwards. */
class GateBundleKilledTest {
    private static final int KILLS = 4;
    private static final int MAX_LINES = 150;

    @TempDir
    Path directory;

    @Test
    @DisplayName("a gate that is killed while it takes a bundle works by the one before or the one after, whole")
    void worksByAWholeBundleWhereverItWasKilled() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("GateBundleKilledTest seed " + seed);
        Random random = new Random(seed);
        Path database = directory.resolve("gate.db");
        long taken = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            taken = takeAndKill(database, taken, 1 + random.nextInt(MAX_LINES));
            try (Store store = Stores.open(database)) {
                GateBundle gate = GateBundle.open(store, Bundles.PINNED, StatusListOptions.HOUSE, NOON);
                long counter = gate.counter();
                assertThat(counter).as("kill %d", kill).isBetween(taken, taken + 1);
                assertThat(gate.problems(NOON)).isEmpty();
                assertThat(gate.policy(NOON).value()).hasValue(Bundles.policy((int) counter));
                assertThat(gate.zones(NOON).value().orElseThrow().version()).isEqualTo((int) counter);
                taken = counter;
            }
        }
    }

    private static long takeAndKill(Path database, long before, int lines) throws Exception {
        Process process = InstallingProgram.start(database, before + 1);
        long taken = before;
        try (BufferedReader out = process.inputReader()) {
            for (int line = 0; line < lines; line++) {
                String said = out.readLine();
                assertThat(said)
                        .as("the program's errors are beside the database")
                        .isNotNull();
                taken = Long.parseLong(said);
            }
            assertThat(process.toHandle().destroyForcibly()).isTrue();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            for (String said = out.readLine(); said != null; said = out.readLine()) {
                taken = Long.parseLong(said);
            }
        } finally {
            process.destroyForcibly();
        }
        return taken;
    }
}
