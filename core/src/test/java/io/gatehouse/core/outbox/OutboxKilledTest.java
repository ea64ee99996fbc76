package io.gatehouse.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.ledger.LedgerEvent;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a gate that buffers, and a gate and its server that deliver, at any moment, and looks what arrives afterwards. */
class OutboxKilledTest {
    private static final int MAX_LINES = 1_500;

    @TempDir
    Path directory;

    private final Set<Integer> acknowledged = new HashSet<>();
    private int next;

    @Test
    @DisplayName("ATT-27 5 programs killed while they buffer: nothing taken is lost, all arrives once, in order")
    void losesNothingTakenWhenKilledWhileBuffering() throws Exception {
        kill(5, false);
    }

    @Test
    @DisplayName("ATT-27 5 programs killed while they deliver: nothing taken is lost, all arrives once, in order")
    void losesNothingTakenWhenKilledWhileDelivering() throws Exception {
        kill(5, true);
    }

    @Test
    @Tag("long")
    @DisplayName("ATT-27 50 programs killed while they buffer: nothing taken is lost, all arrives once, in order")
    void losesNothingTakenWhenKilledWhileBufferingFiftyTimes() throws Exception {
        kill(50, false);
    }

    @Test
    @Tag("long")
    @DisplayName("ATT-27 50 programs killed while they deliver: nothing taken is lost, all arrives once, in order")
    void losesNothingTakenWhenKilledWhileDeliveringFiftyTimes() throws Exception {
        kill(50, true);
    }

    private void kill(int times, boolean deliver) throws Exception {
        long seed = new Random().nextLong();
        System.out.println("OutboxKilledTest seed " + seed);
        Random random = new Random(seed);
        for (int time = 0; time < times; time++) {
            int lines = random.nextInt(MAX_LINES);
            runAndKill(lines, deliver);
            // Every second time the next program finds everything as the last one left it.
            if (time % 2 == 1 || time == times - 1) {
                check("seed " + seed + ", kill " + time + " after " + lines + " lines");
            }
        }
        assertThat(acknowledged).hasSizeGreaterThan(times);
    }

    private void runAndKill(int lines, boolean deliver) throws Exception {
        Process process = OutboxProgram.start(directory, List.of(), next, Integer.MAX_VALUE, deliver);
        try (BufferedReader out = process.inputReader()) {
            for (int i = 0; i < lines; i++) {
                String line = out.readLine();
                assertThat(line)
                        .as("the program's errors are in %s", directory.resolve("errors"))
                        .isNotNull();
                take(line);
            }
            assertThat(process.toHandle().destroyForcibly()).isTrue();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            // What it said before it died counts too.
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                take(line);
            }
        } finally {
            process.destroyForcibly();
        }
        // The event after the last line may have been taken without a word: the next program takes others.
        next = acknowledged.stream().mapToInt(Integer::intValue).max().orElse(-1) + 2;
    }

    private void take(String line) {
        String[] words = line.split(" ", -1);
        if (words.length == 2 && words[0].equals("taken")) {
            acknowledged.add(Integer.valueOf(words[1]));
        }
    }

    private void check(String as) throws Exception {
        if (!Files.exists(directory.resolve("gate"))) {
            return;
        }
        try (GateSide gate = GateSide.open(directory.resolve("gate"), "north");
                ServerSide server = ServerSide.open(directory.resolve("server"), new TestClock(GateSide.NOW))) {
            gate.outbox().drain(server.receiver());
            assertThat(gate.outbox().status().refused()).as(as).isZero();
            List<Integer> numbers = new ArrayList<>();
            for (LedgerEvent event : server.gateEvents()) {
                int number = Integer.parseInt(event.facts().getOrDefault("number", "-1"));
                assertThat(event).as(as).isEqualTo(GateSide.event(number));
                numbers.add(number);
            }
            assertThat(numbers).as(as).isSorted().doesNotHaveDuplicates();
            Set<Integer> lost = new HashSet<>(acknowledged);
            numbers.forEach(lost::remove);
            assertThat(lost).as(as).isEmpty();
            assertThat(server.ledger().verify().findings()).as(as).isEmpty();
        }
    }
}
