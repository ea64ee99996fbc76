package io.gatehouse.devices.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.Links;
import io.gatehouse.devices.sim.BoardFault;
import io.gatehouse.devices.sim.LinkTap;
import io.gatehouse.devices.sim.SimulatedRelayBoard;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayBoardTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T08:00:00Z"));
    private static final ModbusOptions PATIENT = new ModbusOptions(Duration.ofSeconds(30), Duration.ZERO);
    private static final ModbusOptions HASTY = new ModbusOptions(Duration.ofMillis(20), Duration.ZERO);

    private final Links links = Links.create();
    private final Link link;
    private final SimulatedRelayBoard simulated;
    private final RelayBoard board;
    private final RelayBoard hasty;

    RelayBoardTest() throws IOException {
        link = links.open("mem:bus");
        simulated = SimulatedRelayBoard.open(links.open("mem:bus"), 1, 4, CLOCK);
        board = RelayBoard.create(ModbusMaster.create(link, PATIENT), 1, 4);
        hasty = RelayBoard.create(ModbusMaster.create(link, HASTY), 1, 4);
    }

    @AfterEach
    void close() {
        link.close();
        simulated.close();
    }

    @Test
    void switchesARelayAndShowsTheBytes() {
        assertThat(board.set(0, true)).isEqualTo(new Actuation.Done());
        assertThat(simulated.isOn(0)).isTrue();
        assertThat(simulated.tape())
                .extracting(Object::toString)
                .containsExactly(
                        "2026-11-22T08:00:00Z in 01 05 00 00 FF 00 8C 3A",
                        "2026-11-22T08:00:00Z out 01 05 00 00 FF 00 8C 3A");

        assertThat(board.relay(0).set(false).isDone()).isTrue();
        assertThat(simulated.isOn(0)).isFalse();
    }

    @Test
    void readsWhichRelaysAreOn() {
        simulated.force(2, true);
        assertThat(board.states())
                .isEqualTo(new ModbusAnswer.Replied(new ModbusReply.Coils(1, List.of(false, false, true, false))));
    }

    @Test
    void tellsSilenceFromRefusalAndFromDamage() {
        simulated.misbehave(BoardFault.REFUSING);
        assertThat(code(board.set(0, true))).isEqualTo("failed modbus.exception");
        simulated.misbehave(BoardFault.GARBLED);
        assertThat(code(board.set(0, true))).isEqualTo("no answer modbus.crc");
        assertThat(simulated.isOn(0))
                .as("the board acted though its answer was damaged")
                .isTrue();
        simulated.misbehave(BoardFault.DEAF);
        assertThat(code(hasty.set(1, true))).isEqualTo("no answer modbus.timeout");
        simulated.misbehave(BoardFault.MUTE);
        assertThat(code(hasty.set(1, true))).isEqualTo("no answer modbus.timeout");
        // Once it has acted on the last request, no earlier one is still under way.
        Awaitility.await().until(() -> simulated.isOn(1));
        simulated.misbehave(BoardFault.NONE);
        assertThat(board.set(0, false).isDone()).isTrue();
    }

    @Test
    void isRefusedByABoardWithFewerRelays() {
        RelayBoard bigger = RelayBoard.create(ModbusMaster.create(link, PATIENT), 1, 8);
        assertThat(code(bigger.set(7, true))).isEqualTo("failed modbus.exception");
        assertThatThrownBy(() -> bigger.relay(8)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void getsNoAnswerFromAnotherUnit() {
        RelayBoard nobody = RelayBoard.create(ModbusMaster.create(link, HASTY), 2, 4);
        assertThat(code(nobody.set(0, true))).isEqualTo("no answer modbus.timeout");
        assertThat(simulated.isOn(0)).isFalse();
    }

    @Test
    void theSimulatedBoardFindsRequestsInNoiseHoweverTheyAreSplit() throws IOException {
        byte[] on = ModbusRtuCodec.encode(new ModbusRequest.WriteCoil(1, 3, true));
        LinkTap tap = LinkTap.on(link, CLOCK);
        for (byte noise : new byte[] {0x55, 0x01, 0x05}) {
            tap.write(new byte[] {noise});
        }
        for (byte each : on) {
            tap.write(new byte[] {each});
        }
        byte[] echo = new byte[0];
        while (echo.length < 8) {
            byte[] more = tap.read(Duration.ofSeconds(30));
            byte[] joined = java.util.Arrays.copyOf(echo, echo.length + more.length);
            System.arraycopy(more, 0, joined, echo.length, more.length);
            echo = joined;
        }
        assertThat(echo).isEqualTo(on);
        assertThat(simulated.isOn(3)).isTrue();
        assertThat(tap.entries()).hasSizeGreaterThan(11);
    }

    private static String code(Actuation actuation) {
        return actuation.fold(
                () -> "done",
                failed -> "failed " + failed.reason().code(),
                silent -> "no answer " + silent.reason().code());
    }
}
