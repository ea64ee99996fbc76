package io.gatehouse.biometrics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.biometrics.face.embed.FaceEmbedder;
import io.gatehouse.biometrics.face.landmark.LandmarkLocator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPackTest {
    @TempDir
    Path folder;

    @Test
    void readsTheShippedPacks() {
        ModelPack pack = ModelPack.loadDefault();
        assertThat(pack.id()).isEqualTo("gatehouse-default-1");
        assertThat(pack.requireDetector().file().licence()).isEqualTo("MIT");
        assertThat(pack.requireEmbedder().dimension()).isEqualTo(128);
        assertThat(pack.requireEmbedder().calibration().floor()).isEqualTo(5e-5);
        assertThat(pack.liveness()).isEmpty();
        assertThat(ModelPack.loadLiveness().requireLiveness().liveClass()).isZero();
    }

    @Test
    void readsAPackFromAFolder() throws IOException {
        copyDefaultPack();
        assertThat(ModelPack.load(folder).id()).isEqualTo("gatehouse-default-1");
    }

    @Test
    void refusesAFileWhoseDigestDiffers() throws IOException {
        copyDefaultPack();
        Path file = folder.resolve("detector-rfb320.onnx");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> ModelPack.load(folder))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("detector-rfb320.onnx")
                .hasMessageContaining("SHA-256");
    }

    @Test
    void refusesAPackWithoutAFile() throws IOException {
        copyDefaultPack();
        Files.delete(folder.resolve("embedder-dlib-resnet.onnx"));
        assertThatThrownBy(() -> ModelPack.load(folder))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("embedder-dlib-resnet.onnx");
    }

    @Test
    void saysWhichArtifactIsMissing() {
        assertThatThrownBy(() -> ModelPack.load(ClassLoader.getPlatformClassLoader(), ModelPack.LIVENESS_FOLDER))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("not on the class path");
    }

    @Test
    @DisplayName("ATT-14 A missing liveness model is an error at once, never 'live' and never 'not live'")
    void refusesToOpenWithoutLivenessModel() {
        ModelPack pack = ModelPack.loadDefault();
        assertThatThrownBy(() -> FaceAnalyser.open(pack, pack, FaceOptions.GATE))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("has no liveness model");
    }

    @Test
    void refusesANetworkThatWasCutShortBeforeItsDigestWasTaken() throws Exception {
        copyDefaultPack();
        Path file = folder.resolve("landmarks-68.onnx");
        byte[] half = Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) / 2);
        replace(file, half);
        ModelPack pack = ModelPack.load(folder);
        assertThatThrownBy(() -> LandmarkLocator.open(pack, 1))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("cannot be loaded");
    }

    @Test
    void refusesTheNetworkOfAnotherStageWhenItIsOpened() throws Exception {
        copyDefaultPack();
        replace(folder.resolve("landmarks-68.onnx"), Files.readAllBytes(folder.resolve("embedder-dlib-resnet.onnx")));
        ModelPack pack = ModelPack.load(folder);
        assertThatThrownBy(() -> LandmarkLocator.open(pack, 1))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("landmarks-68.onnx");
    }

    @Test
    void refusesTheDetectorInPlaceOfTheEmbedderWhenItIsOpened() throws Exception {
        copyDefaultPack();
        replace(
                folder.resolve("embedder-dlib-resnet.onnx"),
                Files.readAllBytes(folder.resolve("detector-rfb320.onnx")));
        ModelPack pack = ModelPack.load(folder);
        assertThatThrownBy(() -> FaceEmbedder.open(pack, 1))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("embedder-dlib-resnet.onnx");
    }

    @Test
    void refusesAnEmbedderOfAnotherDimensionWhenItIsOpened() throws Exception {
        copyDefaultPack();
        Path descriptor = folder.resolve("pack.json");
        Files.writeString(descriptor, Files.readString(descriptor).replace("\"dimension\": 128", "\"dimension\": 512"));
        ModelPack pack = ModelPack.load(folder);
        assertThatThrownBy(() -> FaceEmbedder.open(pack, 1))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("512");
    }

    @Test
    void refusesANetworkWhoseWeightsAreNoNumbersWhenItIsOpened() throws Exception {
        copyDefaultPack();
        Path file = folder.resolve("embedder-dlib-resnet.onnx");
        byte[] bytes = Files.readAllBytes(file);
        // Four bytes of ones are a NaN, wherever a weight begins among them.
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 4_096, (byte) 0xFF);
        replace(file, bytes);
        ModelPack pack = ModelPack.load(folder);
        assertThatThrownBy(() -> FaceEmbedder.open(pack, 1))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("NaN");
    }

    @Test
    void refusesALicenceThatWasNotAccepted() throws IOException {
        copyDefaultPack();
        Path descriptor = folder.resolve("pack.json");
        String contract = "LicenseRef-our-contract";
        Files.writeString(
                descriptor,
                Files.readString(descriptor).replace("\"licence\": \"MIT\"", "\"licence\": \"" + contract + "\""));
        assertThatThrownBy(() -> ModelPack.load(folder))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining(contract)
                .hasMessageContaining("acceptLicence");
        LicencePolicy accepting = LicencePolicy.permissive().acceptLicence(contract);
        assertThat(ModelPack.load(folder, accepting).detector()).isPresent();
    }

    @Test
    void refusesAPackWithoutALicenceTextThatItNames() throws IOException {
        copyDefaultPack();
        Files.delete(folder.resolve("LICENSE-dlib-models.txt"));
        assertThatThrownBy(() -> ModelPack.load(folder))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("LICENSE-dlib-models.txt");
    }

    @Test
    void isCompletedByAnotherPackAndSaysSoInItsId() throws IOException {
        ModelPack whole = ModelPack.loadDefault();
        ModelPack both = ModelPack.loadLiveness().completedBy(whole);
        assertThat(both.id()).isEqualTo("gatehouse-liveness-1+" + whole.id());
        assertThat(both.requireLiveness()).isEqualTo(ModelPack.loadLiveness().requireLiveness());
        assertThat(both.read(both.requireDetector().file())).hasSize(1_217_758);
        assertThat(whole.completedBy(ModelPack.loadLiveness()).id())
                .as("what makes templates is all its own")
                .isEqualTo(whole.id());
    }

    @Test
    void refusesDescriptorsThatItCannotUse() throws IOException {
        for (String json : List.of(
                "",
                "{",
                "[]",
                "{\"format\": 2}",
                "{\"format\": 1, \"id\": \"x\", \"name\": \"x\"}",
                "{\"format\": 1, \"id\": \"x\", \"name\": \"x\", \"version\": \"1\", \"stages\": {\"detector\": {}}}")) {
            Files.writeString(folder.resolve("pack.json"), json);
            assertThatThrownBy(() -> ModelPack.load(folder)).as(json).isInstanceOf(ModelUnavailableException.class);
        }
    }

    @Test
    void refusesFileNamesThatLeadOutOfTheFolder() {
        String digest = "0".repeat(64);
        for (String name : List.of("../a.onnx", "/etc/passwd", "a/b", ".hidden", "")) {
            assertThatThrownBy(() -> new ModelFile(name, digest, "MIT", List.of(), "test", "B"))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void copyDefaultPack() throws IOException {
        for (String file : List.of(
                "pack.json",
                "detector-rfb320.onnx",
                "landmarks-68.onnx",
                "embedder-dlib-resnet.onnx",
                "LICENSE-dlib-models.txt",
                "LICENSE-face-api.txt",
                "LICENSE-faceplugin.txt",
                "LICENSE-ultra-light-face-detector.txt")) {
            String resource = ModelPack.DEFAULT_FOLDER + "/" + file;
            try (InputStream stream = ModelPack.class.getClassLoader().getResourceAsStream(resource)) {
                Files.copy(java.util.Objects.requireNonNull(stream, resource), folder.resolve(file));
            }
        }
    }

    private void replace(Path file, byte[] bytes) throws IOException, NoSuchAlgorithmException {
        String before = digest(Files.readAllBytes(file));
        Files.write(file, bytes);
        Path descriptor = folder.resolve("pack.json");
        Files.writeString(descriptor, Files.readString(descriptor).replace(before, digest(bytes)));
    }

    private static String digest(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
