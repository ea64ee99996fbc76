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
    private final Process socat;
    private final Path left;
    private final Path right;

    private PtyPair(Process socat, Path left, Path right) {
        this.socat = socat;
        this.left = left;
        this.right = right;
    }

    public static PtyPair open(Path folder) throws IOException {
        Optional<Path> program = Stream.of("/usr/bin/socat", "/usr/local/bin/socat")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(program.isPresent(), "socat is not installed: no pseudo-terminal pair");
        Path left = folder.resolve("left");
        Path right = folder.resolve("right");
        Process socat = new ProcessBuilder(
                        program.orElseThrow().toString(), "pty,raw,echo=0,link=" + left, "pty,raw,echo=0,link=" + right)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("socat.log").toFile())
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(left) && Files.exists(right));
        return new PtyPair(socat, left, right);
    }

    /** The device behind one end; jSerialComm is given the pseudo-terminal itself. */
    public String left() throws IOException {
        return left.toRealPath().toString();
    }

    public String right() throws IOException {
        return right.toRealPath().toString();
    }

    /** Pulls the cable. */
    public void unplug() {
        socat.destroy();
        socat.onExit().join();
    }

    @Override
    public void close() {
        unplug();
    }
}
