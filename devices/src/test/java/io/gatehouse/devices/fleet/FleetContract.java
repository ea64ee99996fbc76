package io.gatehouse.devices.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.devices.fleet.firmware.FirmwareVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a fleet does in any database. */
abstract class FleetContract {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00.250Z");
    private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");
    private static final PersonId CHEN = PersonId.of("t-chen");
    private static final PersonId LI = PersonId.of("t-li");
    private static final DeviceId CAMERA = DeviceId.of("CAM-0001");
    private static final DeviceId SCANNER = DeviceId.of("SCN-0001");

    private final List<LedgerEvent> recorded = new ArrayList<>();
    private Instant now = START;

    /** A store with what the earlier ones of this test left. */
    abstract Store open() throws StoreException;

    private JdbcFleet fleet() throws StoreException {
        return JdbcFleet.create(open(), () -> now, recorded::add);
    }

    @Test
    @DisplayName("ENT-20 a device's life, from the purchase to the scrap, with who and when, over a restart")
    void keepsALife() throws Exception {
        JdbcFleet fleet = fleet();
        Device bought = fleet.register(SCANNER, DeviceKind.SCANNER, "store room", "SN-77", MONDAY.minusDays(9), CHEN);
        assertThat(bought.state()).isEqualTo(DeviceState.BOUGHT);
        day(1);
        fleet.install(SCANNER, "north gate", MONDAY, CHEN);
        assertThat(fleet.accept(SCANNER, result(20, 12), CHEN).state())
                .as("12 of 20 is not enough")
                .isEqualTo(DeviceState.INSTALLED);
        assertThat(fleet.accept(SCANNER, result(20, 20), LI).state()).isEqualTo(DeviceState.IN_SERVICE);
        fleet.firmware(SCANNER, new FirmwareVersion(1, 4, 0));
        day(30);
        fleet.step(SCANNER, DeviceState.FAULTY, Optional.of(LI), "reads nothing in the sun");
        fleet.step(SCANNER, DeviceState.IN_REPAIR, Optional.of(LI), "sent to the maker");
        day(40);
        fleet.install(SCANNER, "south gate", MONDAY.plusDays(40), CHEN);
        fleet.accept(SCANNER, result(20, 19), CHEN);
        day(900);
        fleet.step(SCANNER, DeviceState.REPLACED, Optional.of(CHEN), "by SCN-0002");
        fleet.step(SCANNER, DeviceState.SCRAPPED, Optional.of(CHEN), "recycled");

        JdbcFleet again = fleet();

        Device now = again.find(SCANNER).orElseThrow();
        assertThat(now.state()).isEqualTo(DeviceState.SCRAPPED);
        assertThat(now.place()).isEqualTo("south gate");
        assertThat(now.installed()).contains(MONDAY.plusDays(40));
        assertThat(now.firmware()).contains(new FirmwareVersion(1, 4, 0));
        assertThat(again.life(SCANNER))
                .extracting(LifeStep::to)
                .containsExactly(
                        DeviceState.BOUGHT,
                        DeviceState.INSTALLED,
                        DeviceState.IN_SERVICE,
                        DeviceState.FAULTY,
                        DeviceState.IN_REPAIR,
                        DeviceState.INSTALLED,
                        DeviceState.IN_SERVICE,
                        DeviceState.REPLACED,
                        DeviceState.SCRAPPED);
        assertThat(again.life(SCANNER).get(3))
                .isEqualTo(new LifeStep(
                        SCANNER,
                        Optional.of(DeviceState.IN_SERVICE),
                        DeviceState.FAULTY,
                        START.plus(Duration.ofDays(30)),
                        Optional.of(LI),
                        "reads nothing in the sun"));
        assertThat(again.acceptances(SCANNER))
                .extracting(AcceptanceResult::reads, AcceptanceResult::isPassed)
                .containsExactly(tuple(12, false), tuple(20, true), tuple(19, true));
        assertThat(recorded.stream().filter(event -> event.kind().value().equals("fleet.step")))
                .hasSize(9);
    }

    @Test
    @DisplayName(
            "CAM-2 a camera goes into service only when somebody confirmed its privacy, and is inspected when it is due")
    void aCameraKeepsPrivacy() throws Exception {
        JdbcFleet fleet = fleet();
        fleet.register(CAMERA, DeviceKind.CAMERA, "store room", "SN-1", MONDAY, CHEN);
        fleet.install(CAMERA, "entrance, from above", MONDAY, CHEN);
        AcceptanceRun run = AcceptanceRun.create(AcceptanceCriteria.standard(DeviceKind.CAMERA));
        for (int reading = 0; reading < 20; reading++) {
            run.read(Duration.ofMillis(120));
        }
        run.confirm("privacy.sign-posted");
        assertThat(fleet.accept(CAMERA, run.result(), CHEN).state()).isEqualTo(DeviceState.INSTALLED);
        assertThat(fleet.acceptances(CAMERA).get(0).missing())
                .extracting(Reason::text)
                .containsExactly(
                        "Nobody confirmed privacy.private-areas-masked.", "Nobody confirmed privacy.view-is-limited.");
        AcceptanceCriteria.CAMERA_PRIVACY.forEach(run::confirm);
        assertThat(fleet.accept(CAMERA, run.result(), LI).state()).isEqualTo(DeviceState.IN_SERVICE);

        fleet.plan(MaintenanceTask.every(180, CAMERA, "inspect-privacy", MONDAY.plusDays(180)));
        assertThat(fleet.due(MONDAY.plusDays(179))).isEmpty();
        assertThat(fleet.due(MONDAY.plusDays(180))).hasSize(1);
        fleet.done(CAMERA, "inspect-privacy", MONDAY.plusDays(185), LI, "a new desk is in view: masked");
        assertThat(fleet.due(MONDAY.plusDays(364))).isEmpty();
        assertThat(fleet.due(MONDAY.plusDays(365)))
                .containsExactly(new MaintenanceTask(
                        CAMERA,
                        "inspect-privacy",
                        MONDAY.plusDays(365),
                        Optional.of(180),
                        Optional.of(MONDAY.plusDays(185))));
        fleet.step(CAMERA, DeviceState.FAULTY, Optional.of(CHEN), "the picture is dark");
        assertThat(fleet.life(CAMERA)).last().extracting(LifeStep::note).isEqualTo("the picture is dark");
    }

    @Test
    @DisplayName("ATT-19 a device that falls silent is found to be faulty, once, and reported; counters add up")
    void noticesWhoIsSilent() throws Exception {
        JdbcFleet fleet = fleet();
        inService(fleet, SCANNER, DeviceKind.SCANNER, "SN-1");
        inService(fleet, CAMERA, DeviceKind.CAMERA, "SN-1");
        FleetWatch watch = FleetWatch.create(fleet, Duration.ofMinutes(5), () -> now);
        for (int minute = 0; minute < 10; minute++) {
            now = now.plusSeconds(60);
            watch.heartbeat(CAMERA);
            if (minute < 4) {
                watch.count(SCANNER, "readings", 7);
            }
            List<Device> faulty = watch.look();
            assertThat(faulty).extracting(Device::id).isEqualTo(minute == 9 ? List.of(SCANNER) : List.of());
        }
        assertThat(watch.look()).isEmpty();
        assertThat(fleet.find(SCANNER).orElseThrow().state()).isEqualTo(DeviceState.FAULTY);
        assertThat(fleet.find(SCANNER).orElseThrow().lastSeen()).contains(now.minusSeconds(360));
        assertThat(fleet.counters(SCANNER)).isEqualTo(Map.of("readings", 28L));
        assertThat(fleet.life(SCANNER)).last().satisfies(step -> {
            assertThat(step.who()).isEmpty();
            assertThat(step.note()).startsWith("It is silent; last heard of: 2026-03-02T08:04");
        });
        assertThat(recorded).last().satisfies(event -> assertThat(event.facts()).containsEntry("to", "faulty"));
    }

    @Test
    @DisplayName("ATT-19 upgrades are planned: due on a day, once")
    void plansUpgrades() throws Exception {
        JdbcFleet fleet = fleet();
        inService(fleet, SCANNER, DeviceKind.SCANNER, "SN-1");
        fleet.plan(MaintenanceTask.once(SCANNER, "firmware-2.1.0", MONDAY.plusDays(7)));
        fleet.plan(MaintenanceTask.once(SCANNER, "firmware-2.1.0", MONDAY.plusDays(14)));
        assertThat(fleet.due(MONDAY.plusDays(13))).isEmpty();
        assertThat(fleet.due(MONDAY.plusDays(14)))
                .extracting(MaintenanceTask::code)
                .containsExactly("firmware-2.1.0");
        fleet.done(SCANNER, "firmware-2.1.0", MONDAY.plusDays(14), CHEN, "");
        assertThat(fleet.due(MONDAY.plusDays(9_000))).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> fleet.done(SCANNER, "firmware-2.1.0", MONDAY, CHEN, ""));
    }

    @Test
    void whatIsReplacedIsDueForNothing() throws Exception {
        JdbcFleet fleet = fleet();
        inService(fleet, SCANNER, DeviceKind.SCANNER, "SN-1");
        fleet.plan(MaintenanceTask.every(30, SCANNER, "clean-lens", MONDAY));
        fleet.step(SCANNER, DeviceState.REPLACED, Optional.of(CHEN), "");
        assertThat(fleet.due(MONDAY.plusDays(100))).isEmpty();
    }

    @Test
    void refusesANumberOrASerialNumberTwice() throws Exception {
        JdbcFleet fleet = fleet();
        fleet.register(SCANNER, DeviceKind.SCANNER, "store", "SN-1", MONDAY, CHEN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fleet.register(SCANNER, DeviceKind.CAMERA, "store", "SN-2", MONDAY, CHEN))
                .withMessageContaining("SCN-0001");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> fleet.register(DeviceId.of("SCN-2"), DeviceKind.SCANNER, "store", "SN-1", MONDAY, CHEN))
                .withMessageContaining("SN-1");
        fleet.register(CAMERA, DeviceKind.CAMERA, "store", "SN-1", MONDAY, CHEN);
        assertThat(fleet.list(Optional.empty(), 10)).extracting(Device::id).containsExactly(CAMERA, SCANNER);
        assertThat(fleet.list(Optional.of(CAMERA), 10)).extracting(Device::id).containsExactly(SCANNER);
        assertThat(fleet.life(DeviceId.of("SCN-2"))).isEmpty();
    }

    @Test
    @DisplayName("ENT-20 no way leads into service but a test that passed, or a fault that was none")
    void takesOnlyTheStepsOfALife() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("FleetContract seed " + seed);
        Random random = new Random(seed);
        JdbcFleet fleet = fleet();
        DeviceState[] states = DeviceState.values();
        for (int device = 0; device < 10; device++) {
            DeviceId id = DeviceId.of("D-" + device);
            fleet.register(id, DeviceKind.SCANNER, "store", "SN-" + device, MONDAY, CHEN);
            DeviceState state = DeviceState.BOUGHT;
            for (int step = 0; step < 40; step++) {
                now = now.plusMillis(random.nextInt(2));
                DeviceState to = states[random.nextInt(states.length)];
                boolean isAllowed = plainLife(state).contains(to)
                        && !(state == DeviceState.INSTALLED && to == DeviceState.IN_SERVICE);
                if (isAllowed) {
                    assertThat(fleet.step(id, to, Optional.of(CHEN), "").state())
                            .isEqualTo(to);
                    state = to;
                } else {
                    DeviceState was = state;
                    assertThatIllegalStateException()
                            .as("seed %d: %s to %s", seed, was, to)
                            .isThrownBy(() -> fleet.step(id, to, Optional.of(CHEN), ""));
                }
                assertThat(fleet.find(id).orElseThrow().state()).isEqualTo(state);
            }
        }
    }

    /** Written down once more, as the issue says it. */
    private static Set<DeviceState> plainLife(DeviceState from) {
        return switch (from) {
            case BOUGHT -> EnumSet.of(DeviceState.INSTALLED, DeviceState.SCRAPPED);
            case INSTALLED -> EnumSet.of(DeviceState.IN_SERVICE, DeviceState.FAULTY, DeviceState.REPLACED);
            case IN_SERVICE -> EnumSet.of(DeviceState.FAULTY, DeviceState.REPLACED);
            case FAULTY -> EnumSet.of(DeviceState.IN_REPAIR, DeviceState.IN_SERVICE, DeviceState.REPLACED);
            case IN_REPAIR -> EnumSet.of(DeviceState.INSTALLED, DeviceState.REPLACED);
            case REPLACED -> EnumSet.of(DeviceState.SCRAPPED);
            case SCRAPPED -> EnumSet.noneOf(DeviceState.class);
        };
    }

    @Test
    void ofManyWhoTakeAStepAtOnceOneDoes() throws Exception {
        JdbcFleet fleet = fleet();
        inService(fleet, SCANNER, DeviceKind.SCANNER, "SN-1");
        int people = 6;
        ExecutorService threads = Executors.newFixedThreadPool(people);
        try {
            CyclicBarrier start = new CyclicBarrier(people);
            List<Callable<Boolean>> takers = new ArrayList<>();
            for (int person = 0; person < people; person++) {
                takers.add(() -> {
                    start.await();
                    try {
                        fleet.step(SCANNER, DeviceState.FAULTY, Optional.of(CHEN), "");
                        return true;
                    } catch (IllegalStateException e) {
                        return false;
                    }
                });
            }
            int steps = 0;
            for (Future<Boolean> taker : threads.invokeAll(takers)) {
                steps += taker.get() ? 1 : 0;
            }
            assertThat(steps).isOne();
            assertThat(fleet.life(SCANNER)).hasSize(4);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void forgetsAPersonEverywhere() throws Exception {
        JdbcFleet fleet = fleet();
        inService(fleet, SCANNER, DeviceKind.SCANNER, "SN-1");
        fleet.plan(MaintenanceTask.every(30, SCANNER, "clean-lens", MONDAY));
        fleet.done(SCANNER, "clean-lens", MONDAY, CHEN, "");
        assertThat(fleet.forget(CHEN)).as("three steps, a test and a task").isEqualTo(5);
        assertThat(fleet.life(SCANNER))
                .allSatisfy(step -> assertThat(step.who()).isEmpty());
        assertThat(fleet.forget(CHEN)).isZero();
    }

    @Test
    void saysWhatIsNotThere() throws Exception {
        JdbcFleet fleet = fleet();
        DeviceId nothing = DeviceId.of("X-1");
        assertThat(fleet.find(nothing)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fleet.step(nothing, DeviceState.FAULTY, Optional.empty(), ""));
        assertThatIllegalArgumentException().isThrownBy(() -> fleet.firmware(nothing, FirmwareVersion.parse("1.0.0")));
        assertThatIllegalArgumentException().isThrownBy(() -> fleet.plan(MaintenanceTask.once(nothing, "x", MONDAY)));
        assertThatIllegalArgumentException().isThrownBy(() -> fleet.list(Optional.empty(), 0));
        fleet.heard(Map.of(nothing, now), Map.of(nothing, Map.of("readings", 1L)));
        assertThat(fleet.counters(nothing)).isEmpty();
    }

    private void day(int days) {
        now = START.plus(Duration.ofDays(days));
    }

    private static AcceptanceResult result(int attempts, int reads) {
        AcceptanceRun run = AcceptanceRun.create(AcceptanceCriteria.standard(DeviceKind.SCANNER));
        for (int attempt = 0; attempt < attempts; attempt++) {
            if (attempt < reads) {
                run.read(Duration.ofMillis(80));
            } else {
                run.missed();
            }
        }
        return run.result();
    }

    private static void inService(JdbcFleet fleet, DeviceId id, DeviceKind kind, String serial) throws StoreException {
        fleet.register(id, kind, "store", serial, MONDAY, CHEN);
        fleet.install(id, "gate", MONDAY, CHEN);
        fleet.accept(id, result(20, 20), CHEN);
    }
}
