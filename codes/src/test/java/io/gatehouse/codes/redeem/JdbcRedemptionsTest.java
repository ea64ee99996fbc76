package io.gatehouse.codes.redeem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcRedemptionsTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final RedemptionKey KEY = new RedemptionKey("a1a2a3a4", NOON.plus(Duration.ofHours(1)));
    private static final PortalId NORTH = PortalId.of("north");
    private static final PortalId SOUTH = PortalId.of("south");

    @TempDir
    private Path folder;

    private Store store;
    private JdbcRedemptions redemptions;

    @BeforeEach
    void open() throws StoreException {
        store = Stores.open(folder.resolve("gate.db"));
        redemptions = JdbcRedemptions.create(store);
    }

    @AfterEach
    void close() throws StoreException {
        store.close();
    }

    @Test
    @DisplayName("ENT-6 a copied single-use code is refused, with where and when it was used")
    void deniesReplayedCode() throws StoreException {
        assertThat(redemptions.reserve(KEY, NORTH, NOON)).isEmpty();
        redemptions.confirm(KEY, NORTH, NOON.plusSeconds(2));

        for (PortalId portal : List.of(NORTH, SOUTH)) {
            assertThat(redemptions.reserve(KEY, portal, NOON.plusSeconds(60)))
                    .hasValueSatisfying(reason -> assertThat(reason.toString())
                            .startsWith("code.replayed")
                            .contains("was used at north at 2026-03-02T12:00:02Z"));
        }
    }

    @Test
    void deniesACodeThatAnotherGateHasReserved() throws StoreException {
        redemptions.reserve(KEY, NORTH, NOON);

        assertThat(redemptions.reserve(KEY, SOUTH, NOON.plusSeconds(1)))
                .hasValueSatisfying(reason -> assertThat(reason.toString())
                        .startsWith("code.reserved")
                        .contains("at north since 2026-03-02T12:00:00Z"));
    }

    @Test
    void takesACodeAgainThatWasGivenBack() throws StoreException {
        redemptions.reserve(KEY, NORTH, NOON);
        redemptions.giveBack(KEY, NORTH);

        assertThat(redemptions.reserve(KEY, SOUTH, NOON.plusSeconds(5))).isEmpty();
    }

    @Test
    void doesNotGiveBackAUsedCodeNorAnotherGatesReservation() throws StoreException {
        redemptions.reserve(KEY, NORTH, NOON);
        redemptions.giveBack(KEY, SOUTH);
        assertThat(codeOf(redemptions.reserve(KEY, SOUTH, NOON))).contains("code.reserved");

        redemptions.confirm(KEY, NORTH, NOON);
        redemptions.giveBack(KEY, NORTH);
        assertThat(codeOf(redemptions.reserve(KEY, NORTH, NOON))).contains("code.replayed");
    }

    @Test
    void confirmsTwiceButNotWithoutAReservation() throws StoreException {
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> redemptions.confirm(KEY, NORTH, NOON));
        redemptions.reserve(KEY, NORTH, NOON);
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> redemptions.confirm(KEY, SOUTH, NOON));
        redemptions.confirm(KEY, NORTH, NOON);
        redemptions.confirm(KEY, NORTH, NOON);
    }

    @Test
    void remembersAfterARestart() throws StoreException {
        redemptions.reserve(KEY, NORTH, NOON);
        store.close();
        store = Stores.open(folder.resolve("gate.db"));

        assertThat(codeOf(JdbcRedemptions.create(store).reserve(KEY, SOUTH, NOON)))
                .contains("code.reserved");
    }

    @Test
    void forgetsOnlyWhatExpired() throws StoreException {
        RedemptionKey later = new RedemptionKey("later", KEY.expiresAt().plusSeconds(1));
        redemptions.reserve(KEY, NORTH, NOON);
        redemptions.reserve(later, NORTH, NOON);

        assertThat(redemptions.purgeExpiredBefore(KEY.expiresAt())).isZero();
        assertThat(redemptions.purgeExpiredBefore(later.expiresAt())).isOne();
        assertThat(redemptions.reserve(later, NORTH, NOON)).isPresent();
    }

    @Test
    @DisplayName("ENT-6 of many gates that race for one single-use code exactly one gets it")
    void letsExactlyOneOfManyRacingGatesHaveACode() throws Exception {
        int gates = 16;
        ExecutorService threads = Executors.newFixedThreadPool(gates);
        try {
            for (int round = 0; round < 20; round++) {
                RedemptionKey key = new RedemptionKey("race-" + round, KEY.expiresAt());
                CyclicBarrier start = new CyclicBarrier(gates);
                List<Callable<Optional<Reason>>> racers = new ArrayList<>();
                for (int gate = 0; gate < gates; gate++) {
                    PortalId portal = PortalId.of("gate-" + gate);
                    racers.add(() -> {
                        start.await();
                        return redemptions.reserve(key, portal, NOON);
                    });
                }
                int winners = 0;
                for (Future<Optional<Reason>> racer : threads.invokeAll(racers)) {
                    Optional<Reason> refusal = racer.get();
                    winners += refusal.isEmpty() ? 1 : 0;
                    refusal.ifPresent(reason -> assertThat(reason.code()).isEqualTo("code.reserved"));
                }
                assertThat(winners).isOne();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Optional<String> codeOf(Optional<Reason> refusal) {
        return refusal.map(Reason::code);
    }
}
