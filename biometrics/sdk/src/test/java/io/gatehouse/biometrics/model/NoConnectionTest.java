package io.gatehouse.biometrics.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs an analysis in a JVM of its own, in which every way to the network that Java has is watched: sockets, channels and
 * the look-up of names. The watch is proved by three attempts of the test itself.
 */
class NoConnectionTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("Nothing connects: opening models and analysing a face touches no network")
    void analysesWithoutTouchingTheNetwork() throws Exception {
        Path hosts = Files.writeString(folder.resolve("hosts"), "");
        Path output = folder.resolve("output");
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.net.hosts.file=" + hosts,
                        "-Djava.nio.channels.spi.SelectorProvider=" + WatchedSelectors.class.getName(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        NetworkWatch.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(child.waitFor(3, TimeUnit.MINUTES)).as("the child ends").isTrue();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(said).contains("analysed: face.none");
        assertThat(said).contains("attempts by the analysis: []");
        assertThat(said).contains("attempts by the test: [socket, channel, datagram]");
        assertThat(child.exitValue()).as(said).isZero();
    }
}
