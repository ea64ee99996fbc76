package io.gatehouse.examples.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateTest {
    @TempDir
    Path folder;

    private record Ran(int exitCode, String out, String err) {}

    private Ran run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        if (!all.contains("--out")) {
            all.addAll(List.of("--out", folder.resolve("out").toString()));
        }
        int exitCode = Evaluate.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                all.toArray(String[]::new));
        return new Ran(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static void refused(Ran ran, String sentence) {
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains(sentence).doesNotContain("\tat ");
    }

    /** Three pictures each of people whose photographs lie beside the project. */
    private Path photographs(int people) throws IOException {
        Path johns = Path.of(System.getProperty("gatehouse.shared.data", "."), "faces", "johns");
        assumeTrue(Files.isDirectory(johns), () -> "skipped: the photographs in " + johns + " are not there");
        Path copy = Files.createDirectories(folder.resolve("people"));
        for (Path person : sorted(johns).subList(0, people)) {
            Path home =
                    Files.createDirectories(copy.resolve(person.getFileName().toString()));
            for (Path picture : sorted(person).subList(0, 3)) {
                Files.copy(picture, home.resolve(picture.getFileName().toString()));
            }
        }
        return copy;
    }

    private static List<Path> sorted(Path of) throws IOException {
        try (Stream<Path> listed = Files.list(of)) {
            return listed.sorted().toList();
        }
    }

    @Test
    void saysHowItIsUsed() {
        assertThat(run("--help").out()).contains("FOLDER", "--pairs", "--groups", "--write-calibration", "Exit codes");
    }

    @Test
    void refusesWhatIsNoFolderOrHasOnePerson() throws IOException {
        refused(run(folder.resolve("nowhere").toString()), "is not a folder");
        Path lonely = Files.createDirectories(folder.resolve("lonely/ada"));
        Files.write(lonely.resolve("1.jpg"), new byte[10]);
        refused(run(folder.resolve("lonely").toString()), "pictures of 1 people");
        refused(run(folder.resolve("lonely").toString(), "--fmr", "2"), "--fmr between 0 and 1");
    }

    @Test
    void refusesPicturesOfWhichNoneHasAFace() throws IOException {
        BufferedImage grey = new BufferedImage(320, 240, BufferedImage.TYPE_3BYTE_BGR);
        for (String person : List.of("ada", "bela")) {
            Path home = Files.createDirectories(folder.resolve("grey").resolve(person));
            ImageIO.write(grey, "png", home.resolve("1.png").toFile());
        }
        refused(run(folder.resolve("grey").toString()), "only 0 person is left");
    }

    @Test
    void listsBrokenPicturesAndGoesOn() throws IOException {
        Path people = photographs(3);
        Path broken = Files.createDirectories(people.resolve("Zed"));
        Files.writeString(broken.resolve("1.jpg"), "no picture");
        Files.write(broken.resolve("2.jpg"), new byte[0]);
        Ran ran = run(people.toString());
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("2 gave no template", "Zed/1.jpg", "Zed/2.jpg", "1 of 4", "2 of 11");
        assertThat(Files.readString(folder.resolve("out/refused.csv"))).contains("Zed/1.jpg", "Zed/2.jpg");
        assertThat(Files.readString(folder.resolve("out/report.html"))).contains("Zed/1.jpg", "<svg");
        assertThat(folder.resolve("out/det.png")).isNotEmptyFile();
    }

    @Test
    void findsTheSameWithAnyNumberOfThreads() throws IOException {
        String people = photographs(4).toString();
        assertThat(run(people, "--threads", "1", "--out", folder.resolve("one").toString())
                        .exitCode())
                .isZero();
        assertThat(run(
                                people,
                                "--threads",
                                "3",
                                "--out",
                                folder.resolve("three").toString())
                        .exitCode())
                .isZero();
        for (Path file : sorted(folder.resolve("one"))) {
            assertThat(folder.resolve("three").resolve(file.getFileName().toString()))
                    .hasSameBinaryContentAs(file);
        }
    }

    @Test
    void refusesPairsAndGroupsThatAreWrong() throws IOException {
        Path people = photographs(2);
        List<Path> homes = sorted(people);
        String one =
                homes.get(0).getFileName() + "/" + sorted(homes.get(0)).get(0).getFileName();
        String other =
                homes.get(1).getFileName() + "/" + sorted(homes.get(1)).get(0).getFileName();
        Path pairs = folder.resolve("pairs.csv");
        Files.writeString(pairs, "a,b,same\n" + one + ",nobody/1.jpg,0\n");
        refused(run(people.toString(), "--pairs", pairs.toString()), "line 2: there is no picture nobody/1.jpg");
        Files.writeString(pairs, "a,b,same\n" + one + "," + other + ",1\n");
        refused(run(people.toString(), "--pairs", pairs.toString()), "contradicts same=1");
        Path groups = Files.writeString(folder.resolve("groups.csv"), "person,group\nada\n");
        refused(run(people.toString(), "--groups", groups.toString()), "line 2: a line is person,group");
    }

    @Test
    void writesNoCalibrationOfTooFewPeople() throws IOException {
        Path descriptor = Files.writeString(folder.resolve("pack.json"), "{\"stages\":{\"embedder\":{}}}");
        Ran ran = run(photographs(3).toString(), "--write-calibration", descriptor.toString());
        refused(ran, "no calibration was written");
        assertThat(descriptor).hasContent("{\"stages\":{\"embedder\":{}}}");
    }
}
