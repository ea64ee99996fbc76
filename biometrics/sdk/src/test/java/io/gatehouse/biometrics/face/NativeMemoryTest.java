package io.gatehouse.biometrics.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.FacePictures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Counts the memory of a JVM of its own whose heap has its final size from the start and is touched: what the process
 * grows by afterwards is not the heap.
 */
class NativeMemoryTest {
    // The smallest large thing a frame could leave behind is the detector's output: 106 KB, 212 MB in 2,000 frames.
    private static final long MAX_GROWTH_BYTES = 24L << 20;

    @TempDir
    Path folder;

    @Test
    void staysTheSameOverTwoThousandFrames() throws Exception {
        growsByNothing(2_000, 15);
    }

    @Test
    @Tag("long")
    void staysTheSameOverAHundredThousandFrames() throws Exception {
        growsByNothing(100_000, 240);
    }

    private void growsByNothing(int analyses, int minutes) throws Exception {
        FacePictures.folder("johns");
        Path output = folder.resolve("output");
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms256m",
                        "-Xmx256m",
                        "-XX:+AlwaysPreTouch",
                        "-Dgatehouse.shared.data=" + System.getProperty("gatehouse.shared.data"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        NativeMemoryProbe.class.getName(),
                        Integer.toString(analyses)))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(child.waitFor(minutes, TimeUnit.MINUTES))
                .as("the child ends")
                .isTrue();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        System.out.println(said.strip());
        assertThat(child.exitValue()).as(said).isZero();
        assertThat(number(said, "owned by OpenCV's objects")).isZero();
        assertThat(number(said, "process")).isLessThan(MAX_GROWTH_BYTES);
    }

    private static long number(String said, String what) {
        return said.lines()
                .filter(line -> line.startsWith(what + ": "))
                .mapToLong(line -> Long.parseLong(line.substring(what.length() + 2)))
                .findFirst()
                .orElseThrow();
    }
}
