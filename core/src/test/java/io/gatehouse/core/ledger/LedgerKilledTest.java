package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a program that appends, at any moment, and looks what is on record afterwards. */
class LedgerKilledTest {
    private static final int MAX_LINES = 4_000;

    @TempDir
    Path directory;

    private final Map<UUID, Long> acknowledged = new HashMap<>();

    @Test
    @DisplayName("5 programs killed while they append: nothing acknowledged is lost, nothing is there twice")
    void losesNothingAcknowledgedWhenKilled() throws Exception {
        kill(5);
    }

    @Test
    @Tag("long")
    @DisplayName("50 programs killed while they append: nothing acknowledged is lost, nothing is there twice")
    void losesNothingAcknowledgedWhenKilledFiftyTimes() throws Exception {
        kill(50);
    }

    private void kill(int times) throws Exception {
        long seed = new Random().nextLong();
        System.out.println("LedgerKilledTest seed " + seed);
        Random random = new Random(seed);
        for (int time = 0; time < times; time++) {
            int lines = random.nextInt(MAX_LINES);
            runAndKill(lines, 1 + random.nextInt(4), random.nextInt(200));
            check("seed " + seed + ", kill " + time + " after " + lines + " lines");
        }
        assertThat(acknowledged).hasSizeGreaterThan(times);
    }

    private void runAndKill(int lines, int threads, int pipelined) throws Exception {
        Process process = AppendingProgram.start(
                directory,
                List.of(),
                Integer.toString(threads),
                Integer.toString(pipelined),
                Integer.toString(Integer.MAX_VALUE));
        try (BufferedReader out = process.inputReader()) {
            for (int i = 0; i < lines; i++) {
                take(out.readLine());
            }
            AppendingProgram.kill(process);
            // What it said before it died counts too.
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                take(line);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private void take(String line) throws Exception {
        assertThat(line).as(() -> "the program's errors: " + errors()).isNotNull();
        String[] words = line.split(" ", -1);
        if (words.length == 3 && words[2].length() == 36) {
            acknowledged.put(UUID.fromString(words[2]), Long.valueOf(words[1]));
        }
    }

    private String errors() {
        try {
            return Files.readString(directory.resolve("errors"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void check(String as) throws Exception {
        try (LedgerHouse house = LedgerHouse.open(directory)) {
            List<LedgerEntry> all = new ArrayList<>();
            while (all.size() < house.ledger().size()) {
                all.addAll(house.ledger().entries(all.size(), 10_000));
            }
            Set<UUID> ids = new HashSet<>();
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).index()).as(as).isEqualTo(i);
                assertThat(ids.add(all.get(i).event().id())).as(as).isTrue();
            }
            acknowledged.forEach((id, index) -> {
                assertThat(index).as(as).isLessThan(all.size());
                assertThat(all.get(index.intValue()).event().id()).as(as).isEqualTo(id);
            });
            assertThat(house.ledger().verify().findings()).as(as).isEmpty();
            assertThat(house.ledger().append(LedgerHouse.event(0)).index())
                    .as(as)
                    .isEqualTo(all.size());
        }
    }
}
