package io.gatehouse.biometrics.modeltools.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.biometrics.modeltools.fetch.NpmPackage;
import io.gatehouse.biometrics.modeltools.fetch.PinnedFile;
import io.gatehouse.biometrics.modeltools.fetch.PinnedFiles;
import io.gatehouse.biometrics.modeltools.fetch.Sha256;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The converted graphs, run by ONNX Runtime, give what the plain second implementation gives from the original weights. */
class ConversionParityTest {
    private static final Path PACK = Path.of("../models/src/main/resources/io/gatehouse/biometrics/models/pack.json");
    private static final double[] MEAN = {122.782, 117.001, 104.298};
    private static final long SEED = 20261122L;
    /** ONNX Runtime computes in float, the second implementation in double. */
    private static final double TOLERANCE = 5e-6;

    @Test
    void embedderAgreesOnNoise() throws Exception {
        agree("embedder", 150, noise(150), PlainNetworks::dlibResNet);
    }

    @Test
    void embedderAgreesOnPhotographs() throws Exception {
        agree("embedder", 150, photographs(150), PlainNetworks::dlibResNet);
    }

    @Test
    void landmarksAgreeOnNoise() throws Exception {
        agree("landmarks", 112, noise(112), PlainNetworks::faceLandmark68);
    }

    @Test
    void landmarksAgreeOnPhotographs() throws Exception {
        agree("landmarks", 112, photographs(112), PlainNetworks::faceLandmark68);
    }

    @Test
    void conversionGivesThePinnedBytes() throws Exception {
        for (String stage : List.of("embedder", "landmarks")) {
            JsonNode pinned = stage(stage);
            byte[] onnx = Conversion.of(pinned.path("source").path("conversion").asText())
                    .apply(files(pinned));
            assertThat(Sha256.of(onnx).hex())
                    .as(stage)
                    .isEqualTo(pinned.path("sha256").asText());
        }
    }

    private static void agree(
            String stage, int size, List<Map3> pictures, BiFunction<PlainNetworks, Map3, double[]> network)
            throws Exception {
        JsonNode pinned = stage(stage);
        List<byte[]> files = files(pinned);
        byte[] onnx =
                Conversion.of(pinned.path("source").path("conversion").asText()).apply(files);
        PlainNetworks plain = new PlainNetworks(TfjsWeights.of(files.get(0), files.get(1)));
        float[][] actual = run(onnx, pictures, size);
        double largest = 0;
        for (int i = 0; i < pictures.size(); i++) {
            double[] expected = network.apply(plain, pictures.get(i));
            assertThat(actual[i]).hasSameSizeAs(expected);
            for (int k = 0; k < expected.length; k++) {
                largest = Math.max(largest, Math.abs(actual[i][k] - expected[k]));
                assertThat((double) actual[i][k])
                        .as("picture %d value %d", i, k)
                        .isCloseTo(expected[k], within(TOLERANCE));
            }
        }
        System.out.printf("%s: %d pictures, largest difference %.2e%n", stage, pictures.size(), largest);
    }

    /** All pictures as one batch, which also shows that the batch dimension is free. */
    private static float[][] run(byte[] onnx, List<Map3> pictures, int size) throws OrtException {
        FloatBuffer input = FloatBuffer.allocate(pictures.size() * 3 * size * size);
        for (Map3 picture : pictures) {
            for (int c = 0; c < 3; c++) {
                for (int i = 0; i < size * size; i++) {
                    input.put((float) picture.values()[i * 3 + c]);
                }
            }
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(onnx);
                OnnxTensor tensor = OnnxTensor.createTensor(
                        environment, input.flip(), new long[] {pictures.size(), 3, size, size});
                OrtSession.Result result = session.run(Map.of("input", tensor))) {
            return (float[][]) result.get(0).getValue();
        }
    }

    private static JsonNode stage(String name) throws IOException {
        return new ObjectMapper().readTree(PACK.toFile()).path("stages").path(name);
    }

    private static List<byte[]> files(JsonNode stage) throws IOException {
        JsonNode source = stage.path("source");
        List<PinnedFile> wanted = new ArrayList<>();
        for (JsonNode file : source.path("files")) {
            wanted.add(new PinnedFile(
                    file.path("path").asText(), new Sha256(file.path("sha256").asText())));
        }
        return PinnedFiles.from(System.getProperties())
                .read(
                        NpmPackage.of(
                                source.path("npm").asText(),
                                new Sha256(source.path("tarballSha256").asText())),
                        wanted);
    }

    private static List<Map3> noise(int size) {
        System.out.println("noise seed " + SEED);
        Random random = new Random(SEED);
        List<Map3> pictures = new ArrayList<>();
        for (int n = 0; n < 2; n++) {
            Map3 picture = new Map3(size, size, 3);
            for (int i = 0; i < picture.values().length; i++) {
                picture.values()[i] = (float) ((random.nextInt(256) - MEAN[i % 3]) / 255);
            }
            pictures.add(picture);
        }
        return pictures;
    }

    /** The middle of three pictures, where the faces are. */
    private static List<Map3> photographs(int size) throws IOException {
        Path folder = Path.of(System.getProperty("gatehouse.shared.data", "absent"), "faces", "lfw");
        assumeTrue(Files.isDirectory(folder), "needs pictures in " + folder);
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .limit(3)
                    .toList();
        }
        List<Map3> pictures = new ArrayList<>();
        for (Path file : files) {
            BufferedImage image = ImageIO.read(file.toFile());
            Map3 picture = new Map3(size, size, 3);
            for (int i = 0; i < picture.values().length; i++) {
                int x = (image.getWidth() - size) / 2 + i / 3 % size;
                int y = (image.getHeight() - size) / 2 + i / 3 / size;
                int value = image.getRGB(x, y) >> (16 - 8 * (i % 3)) & 0xff;
                picture.values()[i] = (float) ((value - MEAN[i % 3]) / 255);
            }
            pictures.add(picture);
        }
        return pictures;
    }
}
