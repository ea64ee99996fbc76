package io.gatehouse.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with what it is given: one sentence, exit code 2, no stack trace, nothing half-written. */
class BadInputTest {
    private static final List<String> PEOPLE = List.of("ada", "bela", "cleo");

    @TempDir
    Path folder;

    private Path photos = Path.of("");
    private Path out = Path.of("");

    @BeforeEach
    void threePeople() throws IOException {
        photos = folder.resolve("photos");
        out = folder.resolve("out");
        for (String person : PEOPLE) {
            Path home = Files.createDirectories(photos.resolve(person));
            write(portrait(), home.resolve("1.jpg"));
            write(portrait(), home.resolve("2.jpg"));
        }
    }

    @Test
    void aFolderThatIsNotThere() {
        refused(play(folder.resolve("nowhere")), "nowhere is not a folder that can be listed");
    }

    @Test
    void anEmptyFolder() throws IOException {
        refused(play(Files.createDirectories(folder.resolve("empty"))), "empty has 0 sub-folders");
    }

    @Test
    void aPersonWithOnePicture() throws IOException {
        Files.delete(photos.resolve("bela/2.jpg"));
        refused(play(photos), "bela has 1 pictures");
    }

    @Test
    void notAPicture() throws IOException {
        Files.writeString(photos.resolve("bela/2.jpg"), "this is a text");
        refused(play(photos), "bela/2.jpg");
    }

    @Test
    void anEmptyFile() throws IOException {
        Files.write(photos.resolve("bela/2.jpg"), new byte[0]);
        refused(play(photos), "bela/2.jpg");
    }

    @Test
    void aPictureWithoutAFace() throws IOException {
        write(new BufferedImage(640, 480, BufferedImage.TYPE_3BYTE_BGR), photos.resolve("bela/1.jpg"));
        refused(play(photos), "bela/1.jpg cannot enrol bela: No face is in view");
    }

    @Test
    void aPictureWithThirtyFaces() throws IOException {
        BufferedImage face = portrait();
        BufferedImage crowd = new BufferedImage(6 * 320, 5 * 320, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = crowd.createGraphics();
        for (int i = 0; i < 30; i++) {
            graphics.drawImage(face, i % 6 * 320, i / 6 * 320, 320, 320, null);
        }
        graphics.dispose();
        write(crowd, photos.resolve("bela/1.jpg"));
        refused(play(photos), "faces are in view and none is clearly the nearest");
    }

    @Test
    void aPictureOfOnePixel() throws IOException {
        ImageIO.write(
                new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR),
                "png",
                photos.resolve("bela/1.png").toFile());
        refused(play(photos), "bela/1.png", "1×1");
    }

    @Test
    void aPictureOfFiftyMegapixels() throws IOException {
        write(new BufferedImage(8_660, 5_774, BufferedImage.TYPE_BYTE_GRAY), photos.resolve("bela/2.jpg"));
        refused(play(photos), "bela/2.jpg", "8660×5774");
    }

    @Test
    void aFileThatCannotBeRead() throws IOException {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may read every file");
        Files.setPosixFilePermissions(photos.resolve("bela/2.jpg"), PosixFilePermissions.fromString("---------"));
        refused(play(photos), "bela/2.jpg cannot be read");
    }

    @Test
    void aFolderForResultsThatCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "not a folder");
        Played played = Played.with(
                "--photos", photos.toString(), "--out", file.resolve("out").toString());
        assertThat(played.exitCode()).as(played.out() + played.err()).isEqualTo(2);
        assertThat(played.err()).contains("cannot be used").doesNotContain("\tat ");
    }

    @Test
    void aCardReaderThatIsNotThere() {
        Played played =
                Played.with("--photos", photos.toString(), "--out", out.toString(), "--port", "/dev/no-such-port");
        assertThat(played.exitCode()).as(played.out() + played.err()).isEqualTo(2);
        assertThat(played.err()).contains("/dev/no-such-port").doesNotContain("\tat ");
    }

    @Test
    void aPortThatIsNone() {
        for (String port : List.of("", " ", "/dev/ttyUSB0?baud=1")) {
            refused(
                    Played.with("--photos", photos.toString(), "--out", out.toString(), "--port", port),
                    "--port takes a serial port");
        }
    }

    @Test
    void twoFoldersOfOnePerson() throws IOException {
        Files.createDirectories(photos.resolve("Bela"));
        write(portrait(), photos.resolve("Bela/1.jpg"));
        write(portrait(), photos.resolve("Bela/2.jpg"));
        assumeTrue(Files.notExists(photos.resolve("BELA")), "this file system does not tell Bela from bela");
        refused(play(photos), "bela names the same person as another sub-folder");
    }

    @Test
    void aPictureOfAnAttackThatIsNone() throws IOException {
        Path spoof = Files.createDirectories(folder.resolve("spoof"));
        Files.writeString(spoof.resolve("print_F1.jpg"), "this is a text");
        refused(
                Played.with("--photos", photos.toString(), "--out", out.toString(), "--spoof", spoof.toString()),
                "print_F1.jpg is not a picture");
    }

    @Test
    void anOptionThatIsNotKnown() {
        Played played = Played.with("--photo", photos.toString());
        assertThat(played.exitCode()).isEqualTo(2);
        assertThat(played.err()).contains("--photos").doesNotContain("\tat ");
    }

    @Test
    void aFullDisk() throws IOException, InterruptedException {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", disk.toString());
        assumeTrue(mounted, "a small file system cannot be mounted here");
        try {
            Played played = Played.with("--photos", photos.toString(), "--out", disk.toString());
            assertThat(played.exitCode()).as(played.out() + played.err()).isEqualTo(2);
            assertThat(played.err()).contains("cannot be used").doesNotContain("\tat ");
            assertThat(disk.resolve("report.html")).doesNotExist();
        } finally {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    private Played play(Path people) {
        return Played.with("--photos", people.toString(), "--out", out.toString());
    }

    private void refused(Played played, String... words) {
        assertThat(played.exitCode()).as(played.out() + played.err()).isEqualTo(2);
        assertThat(played.err()).contains(words).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(played.err().lines().count()).as(played.err()).isEqualTo(1);
        assertThat(out).doesNotExist();
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private static void write(BufferedImage image, Path file) throws IOException {
        Path part = file.resolveSibling("part");
        assertThat(ImageIO.write(image, "jpeg", part.toFile())).isTrue();
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** One face of the demo pictures that the build fetches, with its surroundings. */
    private static BufferedImage portrait() throws IOException {
        File[] demo =
                Path.of("target", "demo-photos").toFile().listFiles((directory, name) -> name.equals("sample6.jpg"));
        assertThat(demo).as("the build fetches the demo pictures").hasSize(1);
        return ImageIO.read(Stream.of(demo).findFirst().orElseThrow()).getSubimage(1_470, 190, 360, 360);
    }
}
