package io.gatehouse.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.gate.Redemptions;
import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.place.PortalId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Redemptions} keeps to. To test one, extend this class; give an empty one for each test, and the same
 * record, opened anew as after a restart, when asked again.
 */
public abstract class RedemptionsContract {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final RedemptionKey KEY = new RedemptionKey("a1a2a3a4", NOON.plus(Duration.ofHours(1)));
    private static final PortalId NORTH = PortalId.of("north");
    private static final PortalId SOUTH = PortalId.of("south");

    private Redemptions redemptions;

    /** For subclasses. */
    protected RedemptionsContract() {}

    /** The record of this test: empty at first, and the same, opened anew, each further time. */
    protected abstract Redemptions open() throws Exception;

    @BeforeEach
    void openOnce() throws Exception {
        redemptions = open();
    }

    @Test
    @DisplayName("ENT-6 a credential that was used is refused everywhere, for ever")
    void refusesWhatWasUsed() throws IOException {
        assertThat(redemptions.reserve(KEY, NORTH, NOON)).isEmpty();
        redemptions.confirm(KEY, NORTH, NOON.plusSeconds(2));
        redemptions.confirm(KEY, NORTH, NOON.plusSeconds(3));
        redemptions.giveBack(KEY, NORTH);
        assertThat(redemptions.reserve(KEY, NORTH, NOON.plusSeconds(60))).isPresent();
        assertThat(redemptions.reserve(KEY, SOUTH, NOON.plusSeconds(60))).isPresent();
    }

    @Test
    void refusesWhatIsReservedUntilItIsGivenBackWhereItWasReserved() throws IOException {
        assertThat(redemptions.reserve(KEY, NORTH, NOON)).isEmpty();
        assertThat(redemptions.reserve(KEY, SOUTH, NOON)).isPresent();
        redemptions.giveBack(KEY, SOUTH);
        assertThat(redemptions.reserve(KEY, SOUTH, NOON)).isPresent();
        redemptions.giveBack(KEY, NORTH);
        assertThat(redemptions.reserve(KEY, SOUTH, NOON)).isEmpty();
    }

    @Test
    void confirmsOnlyAReservationOfThatPortal() throws IOException {
        assertThatThrownBy(() -> redemptions.confirm(KEY, NORTH, NOON)).isInstanceOf(IOException.class);
        redemptions.reserve(KEY, NORTH, NOON);
        assertThatThrownBy(() -> redemptions.confirm(KEY, SOUTH, NOON)).isInstanceOf(IOException.class);
    }

    @Test
    @DisplayName("ENT-6 neither a reservation nor a use is forgotten over a restart")
    void remembersAfterARestart() throws Exception {
        RedemptionKey used = new RedemptionKey("used", KEY.expiresAt());
        redemptions.reserve(KEY, NORTH, NOON);
        redemptions.reserve(used, NORTH, NOON);
        redemptions.confirm(used, NORTH, NOON);
        Redemptions again = open();
        assertThat(again.reserve(KEY, SOUTH, NOON)).isPresent();
        assertThat(again.reserve(used, SOUTH, NOON)).isPresent();
        again.confirm(KEY, NORTH, NOON);
    }

    @Test
    @DisplayName("ENT-6 of many gates that race for one credential exactly one gets it")
    void letsExactlyOneOfManyRacingGatesHaveIt() throws Exception {
        int gates = 16;
        ExecutorService threads = Executors.newFixedThreadPool(gates);
        try {
            for (int round = 0; round < 10; round++) {
                RedemptionKey key = new RedemptionKey("race-" + round, KEY.expiresAt());
                CyclicBarrier start = new CyclicBarrier(gates);
                List<Callable<Boolean>> racers = new ArrayList<>();
                for (int gate = 0; gate < gates; gate++) {
                    PortalId portal = PortalId.of("gate-" + gate);
                    racers.add(() -> {
                        start.await();
                        return redemptions.reserve(key, portal, NOON).isEmpty();
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
}
