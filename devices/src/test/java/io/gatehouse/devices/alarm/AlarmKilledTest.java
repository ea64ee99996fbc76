package io.gatehouse.devices.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a program at any moment while it raises and ends alarms, and looks at what lasts. */
class AlarmKilledTest {
    private static final int KILLS = 6;
    private static final int MAX_COMMANDS = 30;

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "REG-11 an alarm that was said to last does, wherever the program was killed; the latch is never damaged")
    void whatWasSaidToLastLasts() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("AlarmKilledTest seed " + seed);
        Random random = new Random(seed);
        Path latch = folder.resolve("latch");
        for (int kill = 0; kill < KILLS; kill++) {
            boolean inTheMiddle = kill % 2 == 1;
            String last = runAndKill(latch, 1 + random.nextInt(MAX_COMMANDS), inTheMiddle, random);
            boolean isFire = !AlarmLatch.file(latch).load().isEmpty();
            if (!inTheMiddle) {
                assertThat(isFire).as("kill %d, seed %d", kill, seed).isEqualTo(last.equals("fire"));
            }
        }
    }

    /** What it said last; in the middle, one more command may be done or not. */
    private static String runAndKill(Path latch, int commands, boolean inTheMiddle, Random random) throws Exception {
        Process program = AlarmProgram.start(latch);
        String last = "";
        try (BufferedReader out = program.inputReader();
                BufferedWriter in = program.outputWriter()) {
            for (int command = 0; command < commands; command++) {
                last = random.nextBoolean() ? "fire" : "calm";
                in.write(last + "\n");
                in.flush();
                assertThat(out.readLine()).as("its errors are in the folder").isEqualTo(last);
            }
            if (inTheMiddle) {
                in.write((last.equals("fire") ? "calm" : "fire") + "\n");
                in.flush();
            }
            program.destroyForcibly();
            assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            program.destroyForcibly();
        }
        return last;
    }
}
