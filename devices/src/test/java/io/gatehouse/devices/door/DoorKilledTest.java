package io.gatehouse.devices.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.devices.house.BoardSocket;
import io.gatehouse.devices.link.Links;
import io.gatehouse.devices.sim.SimulatedRelayBoard;
import io.gatehouse.devices.sim.SimulatedTimedBoard;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the program that opened a door while it is open; the board, at the other end of a socket, lives on. */
class DoorKilledTest {
    private static final int LONG = 250;

    @TempDir
    Path folder;

    @Test
    @DisplayName("a program killed in mid-unlock: the next one locks before anything else and opens nothing by itself")
    void theNextProgramLocksWhatTheKilledOneLeftOpen() throws Exception {
        Links links = Links.create();
        try (SimulatedRelayBoard board =
                        SimulatedRelayBoard.open(links.open("mem:board"), 1, 1, InstantSource.system());
                BoardSocket socket = BoardSocket.open(links.open("mem:board"))) {
            for (int kill = 0; kill < 3; kill++) {
                openAndKill(socket.url(), "plain", LONG);
                assertThat(board.isOn(0)).as("this board keeps no time").isTrue();
                Process next = DoorProgram.start(folder, socket.url(), "plain", 0);
                try (BufferedReader out = next.inputReader()) {
                    assertThat(out.readLine()).isEqualTo("locked");
                    assertThat(board.isOn(0)).isFalse();
                } finally {
                    kill(next);
                }
                assertThat(board.isOn(0)).isFalse();
            }
            assertThat(board.tape().stream().filter(entry -> entry.toString().contains("in 01 05 00 00 FF 00")))
                    .as("an opening a killed program, and none beyond")
                    .hasSize(3);
        }
    }

    @Test
    @DisplayName("a program killed in mid-unlock and never started again: a board that keeps the time locks alone")
    void aTimedBoardLocksAlone() throws Exception {
        Links links = Links.create();
        try (SimulatedTimedBoard board = SimulatedTimedBoard.open(links.open("mem:board"), 1, 1, System::nanoTime);
                BoardSocket socket = BoardSocket.open(links.open("mem:board"))) {
            openAndKill(socket.url(), "timed", 3);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !board.isOn(0));
        }
    }

    private void openAndKill(String url, String kind, int seconds) throws Exception {
        Process program = DoorProgram.start(folder, url, kind, seconds);
        try (BufferedReader out = program.inputReader()) {
            assertThat(out.readLine()).as("its errors are in the folder").isEqualTo("locked");
            assertThat(out.readLine()).isEqualTo("open");
        } finally {
            kill(program);
        }
    }

    private static void kill(Process program) throws InterruptedException {
        program.destroyForcibly();
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
}
