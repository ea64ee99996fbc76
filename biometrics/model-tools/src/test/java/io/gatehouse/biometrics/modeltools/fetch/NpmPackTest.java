package io.gatehouse.biometrics.modeltools.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpmPackTest {
    private static final NpmPackage PACKAGE = NpmPackage.of("name@2.0.0", Sha256.of(new byte[0]));

    private final Path folder;

    NpmPackTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void asksNpmForOnePackageWithoutScripts() throws IOException {
        Path tarball = npm("works").fetch(PACKAGE, folder);

        assertThat(tarball).content().contains("pack name@2.0.0 --pack-destination . --ignore-scripts");
    }

    @Test
    void saysThatNpmIsMissing() {
        NpmPack absent = new NpmPack(List.of(folder.resolve("no-npm-here").toString()));

        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> absent.fetch(PACKAGE, folder))
                .withMessageContaining("install Node.js with npm")
                .withMessageContaining("-Dgatehouse.models.dir=DIR");
    }

    @Test
    void showsTheLineInWhichNpmSaysWhatFailed() {
        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> npm("fails").fetch(PACKAGE, folder))
                .withMessageContaining("(network the registry cannot be reached)")
                .withMessageContaining("-Dgatehouse.models.dir=DIR");
    }

    @Test
    void advisesToMakeRoomWhenTheDiskIsFull() {
        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> npm("full").fetch(PACKAGE, folder))
                .withMessageContaining("ENOSPC: no space left")
                .withMessageContaining("make room in");
    }

    @Test
    void noticesThatNpmLeftNoTarball() {
        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> npm("silent").fetch(PACKAGE, folder))
                .withMessageContaining("left no name-2.0.0.tgz");
    }

    @Test
    void namesTheTarballAsNpmDoes() {
        assertThat(NpmPackage.of("@scope/name@1.2.3", Sha256.of(new byte[0])).tarballName())
                .isEqualTo("scope-name-1.2.3.tgz");
        assertThatIllegalArgumentException().isThrownBy(() -> NpmPackage.of("name", Sha256.of(new byte[0])));
        assertThatIllegalArgumentException().isThrownBy(() -> NpmPackage.of("../name@1.0.0", Sha256.of(new byte[0])));
        assertThatIllegalArgumentException().isThrownBy(() -> NpmPackage.of("name@latest", Sha256.of(new byte[0])));
    }

    private static NpmPack npm(String behaviour) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new NpmPack(
                List.of(java, "-cp", System.getProperty("java.class.path"), FakeNpm.class.getName(), behaviour));
    }
}
