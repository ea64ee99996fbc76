package io.gatehouse.biometrics.face.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.face.detect.BoxDecoder.RawBox;
import io.gatehouse.biometrics.model.ColourOrder;
import io.gatehouse.biometrics.model.DetectorModel;
import io.gatehouse.biometrics.model.DetectorModel.Decoder;
import io.gatehouse.biometrics.model.DetectorModel.Fit;
import io.gatehouse.biometrics.model.DetectorModel.Level;
import io.gatehouse.biometrics.model.ModelFile;
import io.gatehouse.biometrics.model.TensorInput;
import io.gatehouse.biometrics.picture.Picture;
import io.gatehouse.core.frame.Frame;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against tensors whose boxes were reckoned by hand. The input is 64 × 32 pixels. */
class BoxDecoderTest {
    private static final double EXACT = 1e-6;

    @Test
    void decodesRfb() {
        DetectorModel model = model(Decoder.RFB, Fit.STRETCH, List.of());
        Map<String, float[]> outputs = Map.of("scores", new float[] {0.9f, 0.1f, 0.2f, 0.8f}, "boxes", new float[] {
            0, 0, 1, 1, 0.25f, 0.5f, 0.5f, 0.75f
        });
        assertThat(decode(model, outputs)).singleElement().satisfies(box -> requireBox(box, 0.25, 0.5, 0.5, 0.75, 0.8));
    }

    @Test
    void decodesYunet() {
        // 4 × 2 cells of 16 pixels. In the cell of column 2, row 1 the middle is 0.5 right and 0.25 down of the cell's
        // corner: (40, 20) pixels; the sides are e^0 = 1 and e^ln(0.5) = 0.5 strides: 16 × 8 pixels.
        DetectorModel model =
                model(Decoder.YUNET, Fit.LETTERBOX, List.of(new Level(16, "cls_16", "obj_16", "bbox_16")));
        Map<String, float[]> outputs = new HashMap<>();
        outputs.put("cls_16", with(new float[8], 6, 0.81f));
        outputs.put("obj_16", with(new float[8], 6, 1f));
        outputs.put("bbox_16", with(new float[32], 24, 0.5f, 0.25f, 0, (float) Math.log(0.5)));
        assertThat(decode(model, outputs))
                .singleElement()
                .satisfies(box -> requireBox(box, 32 / 64.0, 16 / 32.0, 48 / 64.0, 24 / 32.0, 0.9));
    }

    @Test
    void keepsYunetScoresWithinOne() {
        DetectorModel model = model(Decoder.YUNET, Fit.LETTERBOX, List.of(new Level(32, "c", "o", "b")));
        Map<String, float[]> outputs =
                Map.of("c", new float[] {1.5f, -1}, "o", new float[] {1.5f, -1}, "b", new float[8]);
        assertThat(decode(model, outputs))
                .singleElement()
                .satisfies(box -> assertThat(box.score()).isEqualTo(1));
    }

    @Test
    void decodesScrfdWithTwoAnchorsACell() {
        // Stride 16, column 3, row 1, second anchor: the corner is (48, 16); the sides lie 1, 0.5, 0.5, 0.75 strides
        // away.
        DetectorModel model = model(
                Decoder.SCRFD,
                Fit.LETTERBOX,
                List.of(new Level(16, "448", "", "451"), new Level(32, "494", "", "497")));
        Map<String, float[]> outputs = new HashMap<>();
        outputs.put("448", with(new float[16], 15, 0.75f));
        outputs.put("451", with(new float[64], 60, 1, 0.5f, 0.5f, 0.75f));
        outputs.put("494", with(new float[4], 0, 0.875f));
        outputs.put("497", with(new float[16], 0, 0, 0, 1, 1));
        List<RawBox> boxes = decode(model, outputs);
        assertThat(boxes).hasSize(2);
        requireBox(boxes.get(0), 32 / 64.0, 8 / 32.0, 56 / 64.0, 28 / 32.0, 0.75);
        requireBox(boxes.get(1), 0, 0, 32 / 64.0, 1, 0.875);
    }

    @Test
    void leavesOutBoxesWithoutAnArea() {
        DetectorModel model = model(Decoder.SCRFD, Fit.LETTERBOX, List.of(new Level(32, "s", "", "b")));
        Map<String, float[]> outputs = Map.of("s", new float[] {1, 1}, "b", new float[] {-1, 0, -1, 1, 0, 0, 0, 0});
        assertThat(decode(model, outputs)).isEmpty();
    }

    @Test
    void asksForEveryOutputInItsLength() {
        DetectorModel model = model(Decoder.YUNET, Fit.LETTERBOX, List.of(new Level(16, "c", "o", "b")));
        Map<String, float[]> tooShort = Map.of("c", new float[8], "o", new float[7], "b", new float[32]);
        assertThatThrownBy(() -> decode(model, tooShort)).hasMessageContaining("o 8");
    }

    @Test
    void laysATileInTheUpperLeftCornerAndFindsItAgain() {
        // 100 × 100 pixels, white: they fill 32 × 32 of 64 × 32.
        byte[] white = new byte[3 * 100 * 100];
        Arrays.fill(white, (byte) 255);
        DetectorModel model = model(Decoder.YUNET, Fit.LETTERBOX, List.of(new Level(16, "c", "o", "b")));
        try (Picture picture = Picture.of(Frame.ofBgr(100, 100, white, Instant.EPOCH, "white"))) {
            FittedPixels fitted = FittedPixels.of(picture, new Tile(0, 0, 100, 100), model);
            for (int y = 0; y < 32; y++) {
                for (int x = 0; x < 64; x++) {
                    assertThat(fitted.pixels()[3 * (64 * y + x)])
                            .as("%d, %d", x, y)
                            .isEqualTo((byte) (x < 32 ? 255 : 0));
                }
            }
            RawBox box = fitted.inTile(new RawBox(0.25, 0.5, 0.5, 1, 0.7));
            requireBox(box, 0.5, 0.5, 1, 1, 0.7);
        }
    }

    private static List<RawBox> decode(DetectorModel model, Map<String, float[]> outputs) {
        return new BoxDecoder(model).decode(outputs, (name, length) -> {
            float[] values = outputs.getOrDefault(name, new float[0]);
            if (values.length != length) {
                throw new IllegalStateException(name + " " + length);
            }
            return values;
        });
    }

    private static void requireBox(RawBox box, double left, double top, double right, double bottom, double score) {
        assertThat(new double[] {box.left(), box.top(), box.right(), box.bottom(), box.score()})
                .containsExactly(new double[] {left, top, right, bottom, score}, within(EXACT));
    }

    private static float[] with(float[] values, int at, float... some) {
        System.arraycopy(some, 0, values, at, some.length);
        return values;
    }

    private static DetectorModel model(Decoder decoder, Fit fit, List<Level> levels) {
        float[] zero = new float[3];
        float[] one = {1, 1, 1};
        return new DetectorModel(
                new ModelFile("a.onnx", "0".repeat(64), "MIT", List.of(), "test", "B"),
                new TensorInput("input", 64, 32, ColourOrder.BGR, zero, one, false),
                fit,
                decoder,
                levels,
                0.5,
                0.3);
    }
}
