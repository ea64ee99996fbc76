package io.gatehouse.biometrics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.OptInPack;
import io.gatehouse.biometrics.model.DetectorModel.Decoder;
import io.gatehouse.biometrics.model.DetectorModel.Fit;
import io.gatehouse.biometrics.model.EmbedderModel.Alignment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The descriptors that stand beside the code, and what is made of broken ones. */
class PackDescriptorTest {
    @Test
    void readsTheDescriptorOfYunetAndSface() throws IOException {
        PackDescriptor pack = parse(OptInPack.descriptor("opencv-zoo"));
        DetectorModel detector = pack.detector().orElseThrow();
        assertThat(detector.decoder()).isEqualTo(Decoder.YUNET);
        assertThat(detector.fit()).isEqualTo(Fit.LETTERBOX);
        assertThat(detector.levels()).contains(new DetectorModel.Level(16, "cls_16", "obj_16", "bbox_16"));
        EmbedderModel embedder = pack.embedder().orElseThrow();
        assertThat(embedder.alignment()).isEqualTo(Alignment.ARCFACE_5);
        assertThat(embedder.distance()).isEqualTo(Distance.COSINE);
        assertThat(pack.files().map(LicencePolicy.permissive()::refusal)).allMatch(refusal -> refusal.isEmpty());
    }

    @Test
    void readsTheDescriptorOfInsightFaceWhoseLicenceMustBeAccepted() throws IOException {
        PackDescriptor pack = parse(OptInPack.descriptor("insightface-buffalo-l"));
        assertThat(pack.detector().orElseThrow().decoder()).isEqualTo(Decoder.SCRFD);
        assertThat(pack.detector().orElseThrow().levels()).hasSize(3);
        assertThat(pack.embedder().orElseThrow().dimension()).isEqualTo(512);
        assertThat(pack.files().map(LicencePolicy.permissive()::refusal)).allMatch(refusal -> refusal.isPresent());
    }

    @Test
    void readsTheDescriptorOfAnArcFaceStyleEmbedder() throws IOException {
        PackDescriptor pack = parse(OptInPack.descriptor("arcface-style"));
        assertThat(pack.embedder().orElseThrow().input().colourOrder()).isEqualTo(ColourOrder.BGR);
        assertThat(pack.detector()).isEmpty();
    }

    @Test
    void readsCosinesAsDistances() throws IOException {
        String json = OptInPack.descriptor("arcface-style")
                .replace(
                        "\"calibration\": []",
                        "\"calibration\": [{\"cosine\": 0.5, \"falseMatchRate\": 1e-4}, {\"cosine\": 0.2, \"falseMatchRate\": 1e-2}]");
        Calibration calibration = parse(json).embedder().orElseThrow().calibration();
        assertThat(calibration.distanceAt(1e-4)).isCloseTo(1, within(1e-12));
        assertThat(calibration.distanceAt(1e-2)).isCloseTo(Math.sqrt(1.6), within(1e-12));
    }

    @Test
    void saysWhatIsWrongAndWhere() throws IOException {
        String json = OptInPack.descriptor("opencv-zoo");
        for (String[] change : List.<String[]>of(
                new String[] {"\"width\": 640", "\"width\": \"640\"", "stages.detector.input.width"},
                new String[] {"\"width\": 640", "\"width\": 640.5", "whole number"},
                new String[] {"\"width\": 640", "\"width\": 630", "divided into cells"},
                new String[] {"\"width\": 640", "\"width\": 1e99", "stages.detector.input.width"},
                new String[] {"[1, 1, 1]", "[1, 0, 1]", "divisor"},
                new String[] {"[1, 1, 1]", "[1, \"1\", 1]", "stages.detector.input.divisor"},
                new String[] {"[0, 0, 0]", "[1e300, 0, 0]", "mean"},
                new String[] {"\"yunet\"", "\"yolo\"", "knows [rfb, yunet, scrfd]"},
                new String[] {"\"objectness\"", "\"other\"", "objectness"},
                new String[] {"\"arcface-5\"", "\"arcface-6\"", "stages.embedder.alignment.template"},
                new String[] {"\"licence\": \"MIT\"", "\"licence\": \"\"", "says no licence"},
                new String[] {"\"licence\": \"MIT\",", "", "stages.detector.licence"},
                new String[] {"\"grade\": \"A\"", "\"grade\": \"AAA\"", "grade"},
                new String[] {"\"distance\": \"cosine\"", "\"distance\": \"manhattan\"", "stages.embedder.distance"},
                new String[] {"\"calibration\": []", "\"calibration\": {}", "stages.embedder.calibration"},
                new String[] {"\"averageWithMirror\": true", "\"averageWithMirror\": 1", "averageWithMirror"},
                new String[] {"\"file\": \"face_d", "\"file\": \"../face_d", "file name"},
                new String[] {"\"id\": \"opencv", "\"id\": \"open cv", "id"})) {
            assertThat(json).contains(change[0]);
            assertThatThrownBy(() -> parse(json.replace(change[0], change[1])))
                    .as(change[1])
                    .isInstanceOf(ModelUnavailableException.class)
                    .hasMessageContaining(change[2]);
        }
    }

    @Test
    void answersAnyBytesWithADescriptorOrAClearError() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] shipped = shipped();
        int usable = 0;
        for (int round = 0; round < 3_000; round++) {
            byte[] bytes = shipped.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                int at = random.nextInt(bytes.length);
                bytes[at] = random.nextBoolean()
                        ? (byte) random.nextInt(256)
                        : (byte) "{}[]\",:0-1e9.nt".charAt(random.nextInt(15));
            }
            try {
                PackDescriptor pack = PackDescriptor.parse(bytes, "fuzz");
                usable += pack.id().isEmpty() ? 0 : 1;
            } catch (ModelUnavailableException expected) {
                assertThat(expected).hasMessageContaining("fuzz");
            }
        }
        // Most changes fall into texts that may be anything.
        assertThat(usable).isBetween(1, 3_000);
        for (int length = 0; length < shipped.length; length += 7) {
            byte[] cut = java.util.Arrays.copyOf(shipped, length);
            assertThatThrownBy(() -> PackDescriptor.parse(cut, "cut")).isInstanceOf(ModelUnavailableException.class);
        }
    }

    private static byte[] shipped() throws IOException {
        String resource = "/" + ModelPack.DEFAULT_FOLDER + "/pack.json";
        try (InputStream in = Objects.requireNonNull(ModelPack.class.getResourceAsStream(resource))) {
            return in.readAllBytes();
        }
    }

    private static PackDescriptor parse(String json) {
        return PackDescriptor.parse(json.getBytes(StandardCharsets.UTF_8), "test");
    }
}
