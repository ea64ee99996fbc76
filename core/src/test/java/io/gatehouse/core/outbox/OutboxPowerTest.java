package io.gatehouse.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.core.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed process cannot show: the power fails, and what was not synced is gone or torn; and the disk is full. */
class OutboxPowerTest {
    private static final String LOG = GateSide.DATABASE + "-wal";
    private static final int EVENTS = 40;
    private static final String UNFINISHED = "<unfinished ...>";
    private static final String RESUMED = " resumed>";

    /** Process, call, descriptor, file, the rest. */
    private static final Pattern CALL = Pattern.compile("^\\d+ +(\\w+)\\((\\d+)<([^>]*)>(.*)$");

    @TempDir
    Path directory;

    /** What is on the disk at one time. */
    private record Disk(byte[] database, byte[] log) {
        static Disk of(Path gate) throws IOException {
            return new Disk(Files.readAllBytes(gate.resolve(GateSide.DATABASE)), Files.readAllBytes(gate.resolve(LOG)));
        }
    }

    @Test
    @DisplayName("ATT-27 the power fails: of what was written after an acknowledgement any part may be missing or torn")
    void losesNothingTakenWhenThePowerFails() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("OutboxPowerTest seed " + seed);
        Random random = new Random(seed);
        Path gate = Files.createDirectory(directory.resolve("gate"));
        Map<Integer, Disk> disks = new HashMap<>();
        try (GateSide side = GateSide.open(gate, "north")) {
            for (int number = 0; number < EVENTS; number++) {
                side.outbox().take(GateSide.event(number));
                disks.put(number, Disk.of(gate));
            }
        }
        int failures = 0;
        for (int number = 0; number < EVENTS - 1; number++) {
            Disk synced = disks.get(number);
            Disk later = disks.get(Math.min(EVENTS - 1, number + 1 + random.nextInt(3)));
            if (synced == null || later == null || !Arrays.equals(synced.database(), later.database())) {
                continue;
            }
            String as = "seed " + seed + ", power fails after event " + number;
            Path failed = fail(gate, synced, later, random);
            try (GateSide side = GateSide.open(failed, "north");
                    ServerSide server = ServerSide.open(failed, new TestClock(GateSide.NOW))) {
                side.outbox().drain(server.receiver());
                assertThat(server.gateEvents()).as(as).hasSizeGreaterThan(number);
                for (int i = 0; i < server.gateEvents().size(); i++) {
                    assertThat(server.gateEvents().get(i)).as(as).isEqualTo(GateSide.event(i));
                }
                side.outbox().take(GateSide.event(EVENTS));
                assertThat(side.outbox().drain(server.receiver())).as(as).isOne();
            }
            failures++;
        }
        assertThat(failures).isGreaterThan(EVENTS / 2);
    }

    /** The log as it was at the acknowledgement, then some of what came after, torn at any byte and with a flipped one. */
    private Path fail(Path gate, Disk synced, Disk later, Random random) throws IOException {
        Path failed = Files.createTempDirectory(directory, "failed");
        Files.copy(gate.resolve("gate.key"), failed.resolve("gate.key"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.write(failed.resolve(GateSide.DATABASE), synced.database());
        int before = synced.log().length;
        int end = before + (later.log().length > before ? random.nextInt(later.log().length - before) : 0);
        byte[] log = Arrays.copyOf(later.log(), end);
        System.arraycopy(synced.log(), 0, log, 0, before);
        if (end > before) {
            log[before + random.nextInt(end - before)] ^= 1;
        }
        Files.write(failed.resolve(LOG), log);
        return failed;
    }

    @Test
    @DisplayName("ATT-27 an event is acknowledged only when everything written for it was synced to the disk")
    void syncsBeforeItAcknowledges() throws Exception {
        assumeTrue(run("strace", "-f", "-qq", "-o", "/dev/null", "true"), "skipped: strace is not installed");
        Path trace = directory.resolve("trace");
        List<String> tracer = List.of(
                "strace", "-f", "-y", "-qq", "-e", "trace=write,pwrite64,fsync,fdatasync", "-o", trace.toString());
        Process process = OutboxProgram.start(directory, tracer, 0, EVENTS, false);
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        int acknowledged = 0;
        int syncs = 0;
        boolean unsynced = false;
        for (String line : completeCalls(Files.readAllLines(trace, StandardCharsets.ISO_8859_1))) {
            Matcher call = CALL.matcher(line);
            if (!call.matches()) {
                continue;
            }
            boolean isLog = call.group(3).endsWith(LOG);
            if (isLog && call.group(1).endsWith("sync")) {
                assertThat(line).endsWith("= 0");
                syncs++;
                unsynced = false;
            } else if (isLog) {
                unsynced = true;
            } else if (call.group(2).equals("1") && call.group(4).contains("taken ")) {
                acknowledged++;
                assertThat(unsynced).as(line).isFalse();
                assertThat(syncs)
                        .as("syncs before acknowledgement %d", acknowledged)
                        .isPositive();
                syncs = 0;
            }
        }
        assertThat(acknowledged).isEqualTo(EVENTS);
    }

    /** Puts together calls that the tracer shows in two parts, each where it ended. */
    private static List<String> completeCalls(List<String> lines) {
        Map<String, String> begun = new HashMap<>();
        List<String> calls = new ArrayList<>();
        for (String line : lines) {
            String thread = line.substring(0, Math.max(line.indexOf(' '), 0));
            if (line.endsWith(UNFINISHED)) {
                begun.put(thread, line.substring(0, line.length() - UNFINISHED.length()));
            } else if (line.contains(RESUMED)) {
                String begin = begun.remove(thread);
                calls.add((begin == null ? "" : begin) + line.substring(line.indexOf(RESUMED) + RESUMED.length()));
            } else {
                calls.add(line);
            }
        }
        return calls;
    }

    @Test
    @DisplayName("ATT-27 on a disk that is full what was taken arrives once, and all goes on when there is space")
    void goesOnWhenThereIsSpaceAgain() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString()),
                "skipped: no small disk can be mounted here");
        try (ServerSide server = ServerSide.open(directory.resolve("server"), new TestClock(GateSide.NOW))) {
            int taken = 0;
            try (GateSide gate = GateSide.open(disk, "north")) {
                taken = takeUntilFull(gate);
                fill(disk);
                assertThatThrownBy(() -> gate.outbox().take(GateSide.event(100_000)))
                        .isInstanceOf(StoreException.class);
                assertThat(gate.outbox().status().waiting()).isEqualTo(taken);
                for (int time = 0; time < 3; time++) {
                    drainWhereNothingCanBeRemoved(gate, server);
                }
                Files.delete(disk.resolve("other"));
                assertThat(run("mount", "-o", "remount,size=64m", disk.toString()))
                        .isTrue();
                gate.outbox().drain(server.receiver());
                assertThat(gate.outbox().status().waiting()).isZero();
                assertThat(server.gateEvents()).hasSize(taken);
                gate.outbox().take(GateSide.event(taken));
                gate.outbox().drain(server.receiver());
            }
            assertThat(server.gateEvents()).hasSize(taken + 1).last().isEqualTo(GateSide.event(taken));
        } finally {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    /** How far that comes depends on what SQLite's log has left. */
    private static void drainWhereNothingCanBeRemoved(GateSide gate, ServerSide server) throws IOException {
        try {
            gate.outbox().drain(server.receiver());
        } catch (StoreException e) {
            assertThat(e).hasMessageContaining("full");
            assertThat(gate.outbox().status().problem()).contains(String.valueOf(e.getMessage()));
        }
        assertThat(server.gateEvents()).doesNotHaveDuplicates();
    }

    private static int takeUntilFull(GateSide gate) throws IOException {
        for (int number = 0; number < 100_000; number++) {
            try {
                gate.outbox().take(GateSide.event(number));
            } catch (StoreException e) {
                assertThat(e).hasMessageContaining("full");
                return number;
            }
        }
        throw new AssertionError("the disk is never full");
    }

    private static void fill(Path disk) {
        try (OutputStream out = Files.newOutputStream(disk.resolve("other"))) {
            for (int i = 0; i < 10_000; i++) {
                out.write(new byte[512]);
            }
        } catch (IOException e) {
            // That is what it is for.
            return;
        }
        throw new AssertionError("the disk is never full");
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
