package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A killed process keeps what the kernel cached, so this looks at the system calls themselves. */
class LedgerSyncTest {
    private static final int EVENTS = 40;
    private static final Pattern CALL = Pattern.compile("^\\d+ +(\\w+)\\((\\d+)<([^>]*)>(.*)$");
    private static final Pattern RESUMED = Pattern.compile("^(\\d+) +<\\.\\.\\. (\\w+) resumed>(.*)$");

    @TempDir
    Path directory;

    private final Set<String> unsynced = new HashSet<>();
    private int syncs;
    private int acknowledged;

    @Test
    @DisplayName("an entry is acknowledged only when everything written for it was synced to the disk")
    void syncsBeforeItAcknowledges() throws Exception {
        assumeTrue(tracerRuns(), "skipped: strace is not installed, or may not trace here");
        Path trace = directory.resolve("trace");
        Process process = AppendingProgram.start(
                directory,
                List.of(
                        "strace",
                        "-f",
                        "-y",
                        "-qq",
                        "-e",
                        "trace=write,pwrite64,fsync,fdatasync",
                        "-o",
                        trace.toString()),
                "1",
                "0",
                Integer.toString(EVENTS));
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        try (var lines = Files.lines(trace, StandardCharsets.ISO_8859_1)) {
            Calls calls = new Calls();
            lines.forEach(calls::line);
        }
        assertThat(acknowledged).isEqualTo(EVENTS);
    }

    /** Puts together calls that the tracer shows in two parts, and follows them in the order in which they ended. */
    private final class Calls {
        private final Map<String, String> unfinished = new HashMap<>();

        void line(String line) {
            Matcher resumed = RESUMED.matcher(line);
            String thread = line.substring(0, Math.max(line.indexOf(' '), 0));
            if (resumed.matches()) {
                String begun = unfinished.remove(thread);
                if (begun != null) {
                    call(begun + resumed.group(3));
                }
            } else if (line.endsWith("<unfinished ...>")) {
                unfinished.put(thread, line.substring(0, line.length() - "<unfinished ...>".length()));
            } else {
                call(line);
            }
        }

        private void call(String line) {
            Matcher call = CALL.matcher(line);
            if (!call.matches()) {
                return;
            }
            String file = call.group(3);
            boolean isDatabase =
                    file.contains(LedgerHouse.DATABASE) && !file.endsWith("-shm") && !file.endsWith(".lock");
            if (isDatabase && call.group(1).endsWith("sync")) {
                assertThat(line).endsWith("= 0");
                unsynced.remove(file);
                syncs++;
            } else if (isDatabase) {
                unsynced.add(file);
            } else if (call.group(2).equals("1") && call.group(4).contains("durable ")) {
                acknowledged++;
                // The database file itself is written by checkpoints only, from a log that is synced.
                assertThat(unsynced).as(line).noneMatch(each -> each.endsWith("-wal"));
                assertThat(syncs)
                        .as("syncs before acknowledgement %d", acknowledged)
                        .isPositive();
                syncs = 0;
            }
        }
    }

    private static boolean tracerRuns() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-f", "-qq", "-o", "/dev/null", "true")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
