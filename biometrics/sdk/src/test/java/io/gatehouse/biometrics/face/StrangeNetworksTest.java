package io.gatehouse.biometrics.face;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.face.quality.QualityProfile;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.ModelUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs whose descriptor is in order and whose networks are not. */
class StrangeNetworksTest {
    private static final FaceOptions LENIENT = FaceOptions.GATE.withProfile(QualityProfile.NONE);

    private static final Pattern FILE = Pattern.compile("\"([A-Za-z0-9._-]+\\.(?:onnx|txt|md))\"");

    @TempDir
    Path folder;

    @Test
    void saysThatADetectorAnsweredNoNumber() throws Exception {
        ModelPack pack = packWith("detector-rfb320.onnx", detector(4_420, Float.NaN));
        assertThatThrownBy(() -> FaceAnalyser.insecureWithoutLiveness(pack, LENIENT))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("detector-rfb320.onnx answered NaN");
    }

    @Test
    void saysThatAnEmbedderAnsweredNoNumber() throws Exception {
        ModelPack pack = packWith(
                "embedder-dlib-resnet.onnx",
                ConstantNetwork.of(
                        "input", new int[] {-1, 3, 150, 150}, Map.of("embedding", new int[] {2, 128}), Float.NaN));
        assertThatThrownBy(() -> FaceAnalyser.insecureWithoutLiveness(pack, LENIENT))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("embedder-dlib-resnet.onnx answered NaN");
    }

    @Test
    void refusesANetworkWhoseAnswersAreOfAnotherStage() throws Exception {
        ModelPack pack = packWith(
                "detector-rfb320.onnx",
                ConstantNetwork.of("input", new int[] {1, 3, 240, 320}, Map.of("age", new int[] {1, 7}), 0.5f));
        assertThatThrownBy(() -> FaceAnalyser.insecureWithoutLiveness(pack, LENIENT))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("not the one for this stage");
    }

    @Test
    void refusesADetectorWhoseBoxesAreNotAsManyAsItsScores() throws Exception {
        ModelPack pack = packWith("detector-rfb320.onnx", detector(4_419, 0));
        assertThatThrownBy(() -> FaceAnalyser.insecureWithoutLiveness(pack, LENIENT))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("'boxes' with 17680 numbers");
    }

    @Test
    void refusesADetectorThatFindsTheSameInEveryPicture() throws Exception {
        ModelPack pack = packWith("detector-rfb320.onnx", detector(4_420, 0));
        assertThatThrownBy(() -> FaceAnalyser.insecureWithoutLiveness(pack, LENIENT))
                .as("there would be no face in any picture")
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("detector-rfb320.onnx answers the same whatever it is shown");
    }

    @Test
    @DisplayName(
            "ATT-14 A liveness network that answers no number, the wrong count, or always the same is an error and no attack")
    void refusesAStrangeLivenessNetwork() throws Exception {
        assertThatThrownBy(() -> openWithLiveness(new int[] {1, 3}, Float.NaN))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("liveness-128.onnx answered NaN");
        assertThatThrownBy(() -> openWithLiveness(new int[] {1, 2}, 0.5f))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("one output of 3 numbers");
        for (float logit : new float[] {0, -20, 20}) {
            assertThatThrownBy(() -> openWithLiveness(new int[] {1, 3}, logit))
                    .as("everybody would score a third, and be an attack")
                    .isInstanceOf(ModelUnavailableException.class)
                    .hasMessageContaining("liveness-128.onnx answers the same whatever it is shown");
        }
    }

    private static byte[] detector(int boxes, float answer) {
        return ConstantNetwork.of(
                "input",
                new int[] {1, 3, 240, 320},
                Map.of("scores", new int[] {1, 4_420, 2}, "boxes", new int[] {1, boxes, 4}),
                answer);
    }

    private FaceAnalyser openWithLiveness(int[] shape, float answer) throws Exception {
        ModelPack liveness = packWith(
                ModelPack.LIVENESS_FOLDER,
                "liveness-128.onnx",
                ConstantNetwork.of("input", new int[] {1, 3, 128, 128}, Map.of("output", shape), answer));
        return FaceAnalyser.open(ModelPack.loadDefault(), liveness, LENIENT);
    }

    private ModelPack packWith(String file, byte[] network) throws Exception {
        return packWith(ModelPack.DEFAULT_FOLDER, file, network);
    }

    private ModelPack packWith(String resources, String file, byte[] network) throws Exception {
        copy(resources, "pack.json");
        Matcher named = FILE.matcher(Files.readString(folder.resolve("pack.json")));
        while (named.find()) {
            copy(resources, named.group(1));
        }
        Path descriptor = folder.resolve("pack.json");
        String before = digest(Files.readAllBytes(folder.resolve(file)));
        Files.writeString(descriptor, Files.readString(descriptor).replace(before, digest(network)));
        Files.write(folder.resolve(file), network);
        return ModelPack.load(folder);
    }

    private void copy(String resources, String name) throws IOException {
        try (InputStream stream = ModelPack.class.getClassLoader().getResourceAsStream(resources + "/" + name)) {
            if (stream != null) {
                Files.copy(stream, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static String digest(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
