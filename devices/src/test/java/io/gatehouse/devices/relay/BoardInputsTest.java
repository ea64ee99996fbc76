package io.gatehouse.devices.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.gatehouse.devices.door.InputState;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BoardInputsTest {
    private final List<InputState> leaf = new CopyOnWriteArrayList<>();
    private final List<InputState> fire = new ArrayList<>();

    private Link bus;
    private SimulatedRelayBoard simulated;
    private RelayBoard board;

    @BeforeEach
    void open() throws IOException {
        Links links = Links.create();
        bus = links.open("mem:bus");
        simulated = SimulatedRelayBoard.open(links.open("mem:bus"), 1, 8, InstantSource.fixed(Instant.EPOCH));
        ModbusOptions options = new ModbusOptions(Duration.ofMillis(200), Duration.ZERO);
        board = RelayBoard.create(ModbusMaster.create(bus, options), 1, 8);
    }

    @AfterEach
    void close() throws IOException {
        simulated.close();
        bus.close();
    }

    private BoardInputs.Builder wired() {
        return BoardInputs.builder(board)
                .input(0, Contact.NORMALLY_OPEN, leaf::add)
                .input(5, Contact.NORMALLY_CLOSED, fire::add);
    }

    @Test
    void tellsEachWhatItsContactSaysAtEveryReading() {
        BoardInputs inputs = wired().build();
        simulated.input(5, true);
        inputs.read();
        inputs.read();
        simulated.input(0, true);
        simulated.input(5, false);
        inputs.read();
        assertThat(leaf).containsExactly(InputState.NORMAL, InputState.NORMAL, InputState.ACTIVE);
        assertThat(fire).containsExactly(InputState.NORMAL, InputState.NORMAL, InputState.ACTIVE);
    }

    @Test
    @DisplayName("REG-11 a board that is silent for too long counts as cut, one lost answer does not")
    void countsAsCutAfterSomeSilence() {
        BoardInputs inputs = wired().mostMisses(2).build();
        simulated.misbehave(BoardFault.DEAF);
        inputs.read();
        inputs.read();
        assertThat(fire).isEmpty();
        inputs.read();
        inputs.read();
        assertThat(fire).containsExactly(InputState.CUT, InputState.CUT);
        simulated.misbehave(BoardFault.NONE);
        simulated.input(5, true);
        inputs.read();
        assertThat(fire).endsWith(InputState.NORMAL).hasSize(3);
        simulated.misbehave(BoardFault.DEAF);
        inputs.read();
        assertThat(fire).as("it is counted anew").hasSize(3);
    }

    @Test
    void tellsTheOthersWhenOneFails() {
        BoardInputs inputs = BoardInputs.builder(board)
                .input(0, Contact.NORMALLY_OPEN, state -> {
                    throw new IllegalStateException("a door with a fault");
                })
                .input(1, Contact.NORMALLY_OPEN, leaf::add)
                .build();
        inputs.read();
        assertThat(leaf).containsExactly(InputState.NORMAL);
    }

    @Test
    void readsByItselfUntilItIsClosed() throws Exception {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        try {
            BoardInputs inputs = BoardInputs.builder(board)
                    .input(0, Contact.NORMALLY_OPEN, leaf::add)
                    .start(Duration.ofMillis(1), executor);
            await().until(() -> leaf.contains(InputState.NORMAL));
            simulated.input(0, true);
            await().until(() -> leaf.contains(InputState.ACTIVE));
            inputs.close();
            executor.submit(() -> {}).get();
            int told = leaf.size();
            executor.schedule(() -> {}, 20, TimeUnit.MILLISECONDS).get();
            assertThat(leaf).hasSize(told);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void refusesWhatCannotBeWired() {
        BoardInputs.Builder builder = wired();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.input(0, Contact.NORMALLY_OPEN, fire::add))
                .withMessageContaining("input 0 is wired already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.input(256, Contact.NORMALLY_OPEN, fire::add))
                .withMessageContaining("0 to 255");
        assertThatIllegalStateException()
                .isThrownBy(() -> BoardInputs.builder(board).build())
                .withMessageContaining("no input is wired");
    }
}
