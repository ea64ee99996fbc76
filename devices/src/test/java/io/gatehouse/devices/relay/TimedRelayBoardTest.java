package io.gatehouse.devices.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.devices.door.Relay;
import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.Links;
import io.gatehouse.devices.modbus.ModbusMaster;
import io.gatehouse.devices.modbus.ModbusOptions;
import io.gatehouse.devices.sim.BoardFault;
import io.gatehouse.devices.sim.LinkTap;
import io.gatehouse.devices.sim.SimulatedTimedBoard;
import io.gatehouse.devices.sim.TapEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimedRelayBoardTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

    @Test
    void pulsesByTheBoardsOwnClock() throws Exception {
        Links links = Links.create();
        AtomicLong boardTime = new AtomicLong();
        List<TapEntry> seen = new CopyOnWriteArrayList<>();
        try (Link bus = LinkTap.on(links.open("mem:bus"), CLOCK, seen::add);
                SimulatedTimedBoard board = SimulatedTimedBoard.open(links.open("mem:bus"), 1, 8, boardTime::get)) {
            Relay relay = relay(bus, 7);
            assertThat(relay.pulse(true, Duration.ofSeconds(10))).contains(new Actuation.Done());
            assertThat(board.isOn(7)).isTrue();
            boardTime.set(Duration.ofSeconds(10).toNanos() - 1);
            assertThat(board.isOn(7)).isTrue();
            boardTime.incrementAndGet();
            assertThat(board.isOn(7)).isFalse();
            assertThat(relay.set(true).isDone()).isTrue();
            assertThat(board.isOn(7)).isTrue();
            assertThat(relay.set(false).isDone()).isTrue();
            assertThat(board.isOn(7)).isFalse();
        }
        assertThat(seen.stream().filter(entry -> entry.toString().contains("out")))
                .extracting(TapEntry::toString)
                .allSatisfy(line -> assertThat(line).contains("out 01 06 00 08 "))
                .first()
                .asString()
                .contains("01 06 00 08 06 0A");
    }

    @Test
    void tellsTheBoardNothingThatItCannotTime() throws Exception {
        Links links = Links.create();
        List<TapEntry> seen = new CopyOnWriteArrayList<>();
        try (Link bus = LinkTap.on(links.open("mem:bus"), CLOCK, seen::add)) {
            Relay relay = relay(bus, 0);
            assertThat(relay.pulse(true, Duration.ofMillis(1_500))).isEmpty();
            assertThat(relay.pulse(true, Duration.ofSeconds(256))).isEmpty();
            assertThat(relay.pulse(true, Duration.ZERO)).isEmpty();
            assertThat(relay.pulse(false, Duration.ofSeconds(3))).isEmpty();
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void saysWhatTheBoardSaid() throws Exception {
        Links links = Links.create();
        try (Link bus = links.open("mem:bus");
                SimulatedTimedBoard board = SimulatedTimedBoard.open(links.open("mem:bus"), 1, 2, () -> 0)) {
            board.misbehave(BoardFault.REFUSING);
            assertThat(relay(bus, 0).set(true)).isInstanceOf(Actuation.Failed.class);
            assertThat(board.isOn(0)).isFalse();
            board.misbehave(BoardFault.NONE);
            assertThat(relay(bus, 5).set(true))
                    .as("this board has two relays only")
                    .isInstanceOf(Actuation.Failed.class);
        }
    }

    @Test
    void refusesARelayThatTheBoardHasNot() throws Exception {
        try (Link bus = Links.create().open("mem:bus")) {
            assertThatThrownBy(() -> relay(bus, 8)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    private static Relay relay(Link bus, int index) {
        ModbusMaster master = ModbusMaster.create(bus, new ModbusOptions(Duration.ofSeconds(30), Duration.ZERO));
        return TimedRelayBoard.create(master, 1, 8).relay(index);
    }
}
