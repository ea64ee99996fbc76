package io.gatehouse.devices.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** Two pseudo-terminals joined by socat: a serial cable without hardware. Tests skip where socat is not installed. */
public final class PtyPair implements AutoCloseable {
    private final Path folder;
    private final Path program;
    private Process socat;

    private PtyPair(Path folder, Path program) throws IOException {
        this.folder = folder;
        this.program = program;
        this.socat = start();
    }

    public static PtyPair open(Path folder) throws IOException {
        Optional<Path> program = Stream.of("/usr/bin/socat", "/usr/local/bin/socat")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(program.isPresent(), "socat is not installed: no pseudo-terminal pair");
        return new PtyPair(folder, program.orElseThrow());
    }

    private Process start() throws IOException {
        Process started = new ProcessBuilder(
                        program.toString(), "pty,raw,echo=0,link=" + leftLink(), "pty,raw,echo=0,link=" + rightLink())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("socat.log").toFile())
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> Files.exists(leftLink()) && Files.exists(rightLink()));
        return started;
    }

    /** The name of one end that stays when the cable is plugged in again, as one in {@code /dev/serial/by-id} does. */
    public Path leftLink() {
        return folder.resolve("left");
    }

    public Path rightLink() {
        return folder.resolve("right");
    }

    /** The device behind one end. */
    public String left() throws IOException {
        return leftLink().toRealPath().toString();
    }

    public String right() throws IOException {
        return rightLink().toRealPath().toString();
    }

    /** Pulls the cable. */
    public void unplug() {
        socat.destroyForcibly();
        socat.onExit().join();
    }

    /** Plugs in what was pulled. */
    public void plug() throws IOException {
        Files.deleteIfExists(leftLink());
        Files.deleteIfExists(rightLink());
        socat = start();
    }

    /** The far side takes nothing any more, and does not hang up. */
    public void freeze() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-STOP", Long.toString(socat.pid())).start().waitFor();
    }

    @Override
    public void close() {
        unplug();
    }
}
