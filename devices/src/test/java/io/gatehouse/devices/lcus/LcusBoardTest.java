package io.gatehouse.devices.lcus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.outbox.Backoff;
import io.gatehouse.devices.house.ManualScheduler;
import io.gatehouse.devices.link.Bus;
import io.gatehouse.devices.link.BusOptions;
import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.LinkState;
import io.gatehouse.devices.link.Links;
import io.gatehouse.devices.link.ReopeningLink;
import io.gatehouse.devices.sim.SimulatedLcusBoard;
import java.time.Duration;
import java.util.HexFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LcusBoardTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Links links = Links.create();

    @Test
    @DisplayName("encodes the four bytes that the boards' data sheets print")
    void encodesTheKnownCommands() {
        assertThat(hex(new LcusCommand(1, true))).isEqualTo("a00101a2");
        assertThat(hex(new LcusCommand(1, false))).isEqualTo("a00100a1");
        assertThat(hex(new LcusCommand(2, true))).isEqualTo("a00201a3");
        assertThat(hex(new LcusCommand(8, false))).isEqualTo("a00800a8");
        assertThat(hex(new LcusCommand(255, true))).isEqualTo("a0ff01a0");
        assertThatIllegalArgumentException().isThrownBy(() -> new LcusCommand(0, true));
    }

    private static String hex(LcusCommand command) {
        assertThat(LcusCommand.parse(command.toBytes())).contains(command);
        return HexFormat.of().formatHex(command.toBytes());
    }

    @Test
    void parsesNothingElse() {
        for (String bytes : new String[] {"", "a00101", "a00101a3", "a00102a3", "a00001a1", "a10101a3", "a00101a200"}) {
            assertThat(LcusCommand.parse(HexFormat.of().parseHex(bytes)))
                    .as(bytes)
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("ATT-19 never says Done for a board that does not answer, and does not know its relays after a loss")
    void doesNotKnowWhatTheBoardDid() throws Exception {
        ManualScheduler scheduler = new ManualScheduler();
        try (ReopeningLink link = ReopeningLink.builder(links, "mem:board", scheduler)
                .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)))
                .open()) {
            assertThat(link.awaitOpen(LONG)).isTrue();
            SimulatedLcusBoard simulated = SimulatedLcusBoard.open(links.open("mem:board"));
            try (LcusBoard board = LcusBoard.create(Bus.create(link, BusOptions.DEFAULT), 4, LONG)) {
                assertThat(board.told(2)).isEmpty();
                assertThat(code(board.set(2, true))).isEqualTo("no answer lcus.unconfirmed");
                Awaitility.await().until(() -> simulated.isOn(2));
                assertThat(board.told(2)).contains(true);
                assertThat(board.told(1)).isEmpty();

                simulated.close();
                Awaitility.await().until(() -> link.state() == LinkState.BACKING_OFF);
                assertThat(board.told(2))
                        .as("it lost its power, or only its cable")
                        .isEmpty();
                assertThat(code(board.set(2, true))).isEqualTo("failed lcus.link-down");
                assertThat(board.told(2)).isEmpty();

                Awaitility.await().until(() -> {
                    scheduler.advance(Duration.ofSeconds(1));
                    return link.state() == LinkState.OPEN;
                });
                try (SimulatedLcusBoard again = SimulatedLcusBoard.open(links.open("mem:board"))) {
                    assertThat(board.insecureUnconfirmedRelay(3).set(true)).isEqualTo(new Actuation.Done());
                    Awaitility.await().until(() -> again.isOn(3));
                    assertThat(again.isOn(2))
                            .as("what was refused is not sent later")
                            .isFalse();
                }
            }
        }
    }

    @Test
    void theSimulatedBoardFindsCommandsInNoise() throws Exception {
        try (Link link = links.open("mem:board");
                SimulatedLcusBoard board = SimulatedLcusBoard.open(links.open("mem:board"))) {
            link.write(HexFormat.of().parseHex("00a0a001"));
            link.write(HexFormat.of().parseHex("01a2a0"));
            link.write(HexFormat.of().parseHex("0301a4ff"));
            Awaitility.await().until(() -> board.isOn(1) && board.isOn(3));
        }
    }

    @Test
    void refusesARelayThatTheBoardHasNot() throws Exception {
        try (Link link = links.open("mem:board")) {
            Bus bus = Bus.create(link, BusOptions.DEFAULT);
            try (LcusBoard board = LcusBoard.create(bus, 4, LONG)) {
                assertThatThrownBy(() -> board.set(0, true)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> board.set(5, true)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> board.told(5)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> board.insecureUnconfirmedRelay(5))
                        .isInstanceOf(IndexOutOfBoundsException.class);
            }
            assertThatIllegalArgumentException().isThrownBy(() -> LcusBoard.create(bus, 0, LONG));
            assertThatIllegalArgumentException().isThrownBy(() -> LcusBoard.create(bus, 1, Duration.ofSeconds(-1)));
        }
    }

    private static String code(Actuation actuation) {
        return actuation.fold(
                () -> "done",
                failed -> "failed " + failed.reason().code(),
                silent -> "no answer " + silent.reason().code());
    }
}
