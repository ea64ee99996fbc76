package io.gatehouse.biometrics.modeltools.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesAtHandTest {
    private static final byte[] MODEL = "a model".getBytes(StandardCharsets.UTF_8);
    private static final PinnedFile WANTED = new PinnedFile("package/model/x.bin", Sha256.of(MODEL));

    private final Path folder;

    FilesAtHandTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void readsAFileByItsPlainName() throws IOException {
        Files.write(folder.resolve("x.bin"), MODEL);

        assertThat(source().read(npmPackage(new byte[0]), List.of(WANTED))).containsExactly(MODEL);
    }

    @Test
    void readsTheTarballLyingThere() throws IOException {
        byte[] tarball = new TarGzFixture().file("package/model/x.bin", MODEL).bytes();
        Files.write(folder.resolve("name-2.0.0.tgz"), tarball);

        assertThat(source().read(npmPackage(tarball), List.of(WANTED))).containsExactly(MODEL);
    }

    @Test
    void refusesAFileWithAnotherDigest() throws IOException {
        Files.write(folder.resolve("x.bin"), new byte[] {1});

        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> source().read(npmPackage(new byte[0]), List.of(WANTED)))
                .withMessageContaining("x.bin")
                .withMessageContaining("expected " + WANTED.sha256());
    }

    @Test
    void saysWhatIsMissingAndWhatToDo() {
        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> source().read(npmPackage(new byte[0]), List.of(WANTED)))
                .withMessageContaining("Neither x.bin nor name-2.0.0.tgz is in " + folder)
                .withMessageContaining("gatehouse.models.dir");
    }

    @Test
    void saysThatTheFolderIsNone() {
        Properties properties = new Properties();
        properties.setProperty("gatehouse.models.dir", folder.resolve("absent").toString());

        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> PinnedFiles.from(properties).read(npmPackage(new byte[0]), List.of(WANTED)))
                .withMessageContaining("which is not a folder");
    }

    private PinnedFiles source() {
        Properties properties = new Properties();
        properties.setProperty("gatehouse.models.dir", folder.toString());
        return PinnedFiles.from(properties);
    }

    private static NpmPackage npmPackage(byte[] tarball) {
        return NpmPackage.of("name@2.0.0", Sha256.of(tarball));
    }
}
