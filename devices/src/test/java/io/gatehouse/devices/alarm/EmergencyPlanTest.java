package io.gatehouse.devices.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.evidence.CardEvidence;
import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.Gate;
import io.gatehouse.core.gate.Passage;
import io.gatehouse.core.gate.PortalDriver;
import io.gatehouse.core.gate.Redemptions;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.ledger.Checkpoint;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.devices.card.CardIdentifier;
import io.gatehouse.devices.card.CardKey;
import io.gatehouse.devices.card.CardRegister;
import io.gatehouse.devices.door.RelayDoor;
import io.gatehouse.devices.house.ManualScheduler;
import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.Links;
import io.gatehouse.devices.modbus.ModbusMaster;
import io.gatehouse.devices.modbus.ModbusOptions;
import io.gatehouse.devices.modbus.RelayBoard;
import io.gatehouse.devices.sim.BoardFault;
import io.gatehouse.devices.sim.SimulatedRelayBoard;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EmergencyPlanTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final PersonId GUARD = PersonId.of("guard-1");
    private static final Actuation DONE = new Actuation.Done();

    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        pool.shutdownNow();
    }

    @Test
    @DisplayName(
            "REG-11 REG-8 with rules, redemptions and ledger down, the fire alarm releases every door until it is reset by hand")
    void releasesWithEverythingElseDown() throws IOException {
        Links links = Links.create();
        try (Link link = links.open("mem:bus");
                SimulatedRelayBoard board = SimulatedRelayBoard.open(links.open("mem:bus"), 1, 3, CLOCK)) {
            RelayBoard relays = RelayBoard.create(
                    ModbusMaster.create(link, new ModbusOptions(Duration.ofSeconds(30), Duration.ZERO)), 1, 3);
            ManualScheduler scheduler = new ManualScheduler();
            EmergencyPlanBuilder builder =
                    EmergencyPlan.builder(pool).clock(CLOCK).answerWithin(Duration.ofSeconds(30));
            Gate[] gates = new Gate[3];
            for (int i = 0; i < 3; i++) {
                gates[i] = gateWithEverythingDown(
                        "door-" + i,
                        RelayDoor.builder("door-" + i, relays.relay(i), scheduler)
                                .build());
                builder.gate(gates[i]);
            }
            EmergencyPlan alarm = builder.build();
            Passage passage = gates[0].present(new CardEvidence("H10301", 1, 2, NOW, "front"));
            assertThat(passage.isOpened())
                    .as("nobody passes while the rules are down")
                    .isFalse();

            AlarmReport report = alarm.fire("smoke on floor 2");

            assertThat(report.answers())
                    .containsExactly(Map.entry("door-0", DONE), Map.entry("door-1", DONE), Map.entry("door-2", DONE));
            assertThat(report.unconfirmed()).isEmpty();
            assertThat(List.of(board.isOn(0), board.isOn(1), board.isOn(2))).containsOnly(true);
            scheduler.advance(Duration.ofDays(1));
            assertThat(board.isOn(0)).isTrue();
            assertThat(alarm.latched()).extracting(Alarm::cause).containsExactly("smoke on floor 2");

            assertThat(alarm.resetFire(GUARD).unconfirmed()).isEmpty();
            assertThat(alarm.latched()).isEmpty();
            assertThat(List.of(board.isOn(0), board.isOn(1), board.isOn(2))).containsOnly(false);
        }
    }

    @Test
    @DisplayName("REG-11 a door whose board is silent is reported, and is released as soon as the board is back")
    void reportsASilentBoardAndGoesOnTellingIt() throws IOException {
        Links links = Links.create();
        try (Link link = links.open("mem:bus");
                SimulatedRelayBoard board = SimulatedRelayBoard.open(links.open("mem:bus"), 1, 1, CLOCK)) {
            ManualScheduler scheduler = new ManualScheduler();
            RelayDoor door = RelayDoor.builder(
                            "front",
                            RelayBoard.create(
                                            ModbusMaster.create(
                                                    link, new ModbusOptions(Duration.ofMillis(500), Duration.ZERO)),
                                            1,
                                            1)
                                    .relay(0),
                            scheduler)
                    .build();
            board.misbehave(BoardFault.DEAF);
            AlarmReport report = EmergencyPlan.builder(pool)
                    .door("front", door)
                    .answerWithin(Duration.ofSeconds(30))
                    .build()
                    .fire("smoke");
            assertThat(report.unconfirmed()).containsExactly("front");
            assertThat(report.answers().get("front")).isInstanceOf(Actuation.NoAnswer.class);

            board.misbehave(BoardFault.NONE);
            scheduler.advance(Duration.ofSeconds(1));
            assertThat(board.isOn(0)).isTrue();
        }
    }

    @Test
    void aDoorThatThrowsOrHangsStopsNoOther() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger released = new AtomicInteger();
        EmergencyPlan alarm = EmergencyPlan.builder(pool)
                .door(
                        "broken",
                        cause -> {
                            throw new IllegalStateException("broken");
                        },
                        guard -> DONE)
                .door("hanging", cause -> awaited(never), guard -> DONE)
                .door("good", cause -> counted(released), guard -> DONE)
                .answerWithin(Duration.ofSeconds(2))
                .clock(CLOCK)
                .build();

        AlarmReport report = alarm.fire("smoke");

        assertThat(report.unconfirmed()).contains("broken", "hanging");
        assertThat(code(report, "broken")).isEqualTo("alarm.door-fault");
        assertThat(code(report, "hanging")).isEqualTo("alarm.no-answer-yet");
        Awaitility.await().until(() -> released.get() == 1);
        never.countDown();
    }

    @Test
    void releasesAllDoorsAtOnce() {
        CyclicBarrier together = new CyclicBarrier(3);
        EmergencyPlanBuilder builder = EmergencyPlan.builder(pool).answerWithin(Duration.ofSeconds(30));
        for (int i = 0; i < 3; i++) {
            builder.door("door-" + i, cause -> met(together), guard -> DONE);
        }
        assertThat(builder.build().fire("smoke").unconfirmed()).isEmpty();
    }

    @Test
    void releasesInTheCallersThreadIfThePoolTakesNoTask() {
        pool.shutdownNow();
        AtomicInteger released = new AtomicInteger();
        EmergencyPlan alarm = EmergencyPlan.builder(pool)
                .door("front", cause -> counted(released), guard -> DONE)
                .build();
        assertThat(alarm.fire("smoke").unconfirmed()).isEmpty();
        assertThat(released).hasValue(1);
    }

    @Test
    void anAlarmDuringAResetWinsAtEveryDoor() throws Exception {
        CountDownLatch resetting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger resets = new AtomicInteger();
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            EmergencyPlan alarm = EmergencyPlan.builder(one)
                    .door("first", cause -> DONE, guard -> {
                        resetting.countDown();
                        return awaited(goOn);
                    })
                    .door("second", cause -> DONE, guard -> counted(resets))
                    .answerWithin(Duration.ofSeconds(30))
                    .build();
            alarm.fire("smoke");
            CompletableFuture<AlarmReport> reset = CompletableFuture.supplyAsync(() -> alarm.resetFire(GUARD), pool);
            resetting.await();
            CompletableFuture<AlarmReport> again = CompletableFuture.supplyAsync(() -> alarm.fire("fire"), pool);
            Awaitility.await().until(() -> !alarm.latched().isEmpty());
            goOn.countDown();

            assertThat(code(reset.get(30, TimeUnit.SECONDS), "second")).isEqualTo("alarm.still-raised");
            assertThat(again.get(30, TimeUnit.SECONDS).unconfirmed()).isEmpty();
            assertThat(resets).hasValue(0);
            assertThat(alarm.latched()).extracting(Alarm::cause).containsExactly("fire");
        } finally {
            one.shutdownNow();
        }
    }

    @Test
    void refusesToBeWithoutDoorsOrToHaveOneTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmergencyPlan.builder(pool).build());
        EmergencyPlanBuilder builder = EmergencyPlan.builder(pool).door("a", cause -> DONE, guard -> DONE);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.door("a", cause -> DONE, guard -> DONE));
    }

    private static Gate gateWithEverythingDown(String id, PortalDriver driver) {
        Portal portal = new Portal(PortalId.of(id), id, PortalKind.DOOR, ZoneCode.OUTSIDE, ZoneCode.of("hall"));
        return Gate.builder(portal, Direction.ENTRY)
                .cards(CardIdentifier.create(CardRegister.of(Map.of(new CardKey("H10301", 1, 2), PersonId.of("anna")))))
                .decider(request -> brokenRules())
                .redemptions(new BrokenRedemptions())
                .ledger(new BrokenLedger())
                .driver(driver)
                .clock(CLOCK)
                .build();
    }

    private static Decision brokenRules() {
        throw new IllegalStateException("the rules are down");
    }

    private static Actuation awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return DONE;
    }

    private static Actuation met(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
            return DONE;
        } catch (Exception e) {
            throw new IllegalStateException("the doors were not released together", e);
        }
    }

    private static Actuation counted(AtomicInteger counter) {
        counter.incrementAndGet();
        return DONE;
    }

    private static String code(AlarmReport report, String door) {
        return java.util.Objects.requireNonNull(report.answers().get(door))
                .fold(
                        () -> "done",
                        failed -> failed.reason().code(),
                        silent -> silent.reason().code());
    }

    private static final class BrokenRedemptions implements Redemptions {
        @Override
        public Optional<Reason> reserve(RedemptionKey key, PortalId portal, Instant at) throws IOException {
            throw new IOException("down");
        }

        @Override
        public void confirm(RedemptionKey key, PortalId portal, Instant at) throws IOException {
            throw new IOException("down");
        }

        @Override
        public void giveBack(RedemptionKey key, PortalId portal) throws IOException {
            throw new IOException("down");
        }
    }

    private static final class BrokenLedger implements Ledger {
        @Override
        public LedgerEntry append(LedgerEvent event) throws IOException {
            throw new IOException("down");
        }

        @Override
        public long size() throws IOException {
            throw new IOException("down");
        }

        @Override
        public List<LedgerEntry> entries(long from, int limit) throws IOException {
            throw new IOException("down");
        }

        @Override
        public Checkpoint checkpoint() throws IOException {
            throw new IOException("down");
        }
    }
}
