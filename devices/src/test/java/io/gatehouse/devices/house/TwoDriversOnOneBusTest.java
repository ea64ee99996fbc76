package io.gatehouse.devices.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.devices.lcus.LcusBoard;
import io.gatehouse.devices.lcus.LcusCommand;
import io.gatehouse.devices.link.Bus;
import io.gatehouse.devices.link.BusOptions;
import io.gatehouse.devices.modbus.ModbusMaster;
import io.gatehouse.devices.modbus.ModbusOptions;
import io.gatehouse.devices.modbus.RelayBoard;
import io.gatehouse.devices.sim.LinkTap;
import io.gatehouse.devices.sim.SimulatedBus;
import io.gatehouse.devices.sim.SimulatedLcusBoard;
import io.gatehouse.devices.sim.SimulatedRelayBoard;
import io.gatehouse.devices.sim.TapEntry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drivers of two protocols, and two of the same, take turns on one RS-485 wire with an echo and without. */
class TwoDriversOnOneBusTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int TIMES = 100;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("two drivers on one bus: no frame within another's question and answer, and every answer to who asked")
    void takeTurns(boolean echoes) throws Exception {
        SimulatedBus wire = SimulatedBus.create("rs485");
        BusOptions options = echoes ? BusOptions.DEFAULT.withEcho(LONG) : BusOptions.DEFAULT;
        ModbusOptions patient = new ModbusOptions(LONG, Duration.ZERO);
        ExecutorService drivers = Executors.newFixedThreadPool(3);
        try (LinkTap host = LinkTap.on(echoes ? wire.attachEchoing() : wire.attach(), InstantSource.system());
                SimulatedRelayBoard first = SimulatedRelayBoard.open(wire.attach(), 1, 2, InstantSource.system());
                SimulatedRelayBoard second = SimulatedRelayBoard.open(wire.attach(), 2, 2, InstantSource.system());
                SimulatedLcusBoard third = SimulatedLcusBoard.open(wire.attach())) {
            Bus bus = Bus.create(host, options);
            RelayBoard one = RelayBoard.create(ModbusMaster.create(bus, patient), 1, 2);
            RelayBoard two = RelayBoard.create(ModbusMaster.create(bus, patient), 2, 2);
            try (LcusBoard silent = LcusBoard.create(bus, 2, LONG)) {
                List<CompletableFuture<Boolean>> all = new ArrayList<>();
                for (int i = 0; i < TIMES; i++) {
                    boolean on = i % 2 == 1;
                    all.add(run(drivers, () -> one.set(0, on).isDone()));
                    all.add(run(drivers, () -> two.set(1, on).isDone()));
                    all.add(run(drivers, () -> silent.set(1, on) instanceof Actuation.NoAnswer));
                }
                all.forEach(each -> assertThat(each.join()).isTrue());
            }
            assertThat(first.isOn(1)).as("no frame was another board's").isFalse();
            assertThat(second.isOn(0)).isFalse();
            assertThat(third.isOn(2)).isFalse();
            assertOrderly(host.entries(), echoes);
        } finally {
            drivers.shutdown();
        }
    }

    private static CompletableFuture<Boolean> run(ExecutorService drivers, BooleanSupplier deed) {
        return CompletableFuture.supplyAsync(deed::getAsBoolean, drivers);
    }

    /** Behind every question of Modbus, and its echo, stands its answer, which repeats it; behind a command of LCUS nothing. */
    private static void assertOrderly(List<TapEntry> tape, boolean echoes) {
        int questions = 0;
        int at = 0;
        while (at < tape.size()) {
            TapEntry sent = tape.get(at);
            boolean isModbus = sent.bytes().length != LcusCommand.BYTES;
            int repeated = (echoes ? 1 : 0) + (isModbus ? 1 : 0);
            assertThat(sent.way()).isEqualTo(TapEntry.Way.OUT);
            byte[] expected = new byte[repeated * sent.bytes().length];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = sent.bytes()[i % sent.bytes().length];
            }
            byte[] heard = {};
            at++;
            while (at < tape.size() && tape.get(at).way() == TapEntry.Way.IN) {
                byte[] more = tape.get(at).bytes();
                byte[] joined = Arrays.copyOf(heard, heard.length + more.length);
                System.arraycopy(more, 0, joined, heard.length, more.length);
                heard = joined;
                at++;
            }
            assertThat(heard).as("after entry %d", at).isEqualTo(expected);
            questions++;
        }
        assertThat(questions).isEqualTo(3 * TIMES);
    }
}
