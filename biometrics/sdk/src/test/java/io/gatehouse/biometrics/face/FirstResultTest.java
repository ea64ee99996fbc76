package io.gatehouse.biometrics.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.FacePictures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fresh JVM looks at its first face. How long that takes is printed and not judged: {@code FirstFace} of the benchmarks
 * measures it on a quiet machine.
 */
class FirstResultTest {
    @TempDir
    Path folder;

    @Test
    void unpacksTheNativeLibrariesOnceAndNotAtEveryStart() throws Exception {
        Path picture = FacePictures.folder("spoof").resolve("image_T1.jpg");
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        run(picture, unpacked, "first, unpacking");
        Map<String, FileTime> after = files(unpacked);
        assertThat(after.keySet()).as("OpenCV's libraries").anyMatch(name -> name.contains("opencv_core"));
        run(picture, unpacked, "second, from what is unpacked");
        assertThat(files(unpacked)).isEqualTo(after);
    }

    private void run(Path picture, Path unpacked, String which) throws Exception {
        Path output = folder.resolve("output");
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.bytedeco.javacpp.cachedir=" + unpacked,
                        "-cp",
                        System.getProperty("java.class.path"),
                        FirstResultProbe.class.getName(),
                        picture.toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(child.waitFor(5, TimeUnit.MINUTES)).as("the child ends").isTrue();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        System.out.println(which + ": " + said.strip());
        assertThat(child.exitValue()).as(said).isZero();
        assertThat(said).contains("answer: face, ");
    }

    private static Map<String, FileTime> files(Path folder) throws IOException {
        Map<String, FileTime> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                // The lock is touched by every process.
                if (!file.getFileName().toString().equals(".lock")) {
                    files.put(folder.relativize(file).toString(), Files.getLastModifiedTime(file));
                }
            }
        }
        return files;
    }
}
