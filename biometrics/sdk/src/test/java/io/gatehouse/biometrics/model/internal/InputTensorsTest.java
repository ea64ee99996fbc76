package io.gatehouse.biometrics.model.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.model.ColourOrder;
import io.gatehouse.biometrics.model.TensorInput;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InputTensorsTest {
    private static final int WIDTH = 17;
    private static final int HEIGHT = 11;
    private static final long SEED = 23;

    @Test
    void holdsWhatAPlainLoopWorksOut() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (ColourOrder order : ColourOrder.values()) {
            TensorInput input = input(order);
            InputTensors tensors = new InputTensors(input, 3);
            for (int count = 1; count <= 3; count++) {
                byte[][] pictures = new byte[count][WIDTH * HEIGHT * 3];
                for (byte[] picture : pictures) {
                    random.nextBytes(picture);
                }
                float[] expected = plain(input, pictures);
                float[] actual = tensors.with(pictures, values -> {
                    float[] copy = new float[values.remaining()];
                    values.get(copy);
                    return copy;
                });
                // OpenCV rounds a grey value to a whole one.
                float tolerance = order == ColourOrder.GREY ? 0.51f / 57 : 1e-5f;
                assertThat(actual).as("%d pictures, %s", count, order).hasSize(expected.length);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(actual[i]).as("%s, number %d", order, i).isCloseTo(expected[i], within(tolerance));
                }
            }
        }
    }

    @Test
    void refusesPicturesOfAnotherSizeAndTooMany() {
        InputTensors tensors = new InputTensors(input(ColourOrder.RGB), 1);
        assertThatThrownBy(() -> tensors.with(new byte[][] {new byte[5]}, values -> values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 bytes");
        assertThatThrownBy(() -> tensors.with(new byte[2][WIDTH * HEIGHT * 3], values -> values))
                .hasMessageContaining("not 2");
    }

    private static TensorInput input(ColourOrder order) {
        float[] mean = order == ColourOrder.GREY ? new float[] {100} : new float[] {122.782f, 117.001f, 104.298f};
        float[] divisor = order == ColourOrder.GREY ? new float[] {57} : new float[] {255, 128, 57};
        return new TensorInput("input", WIDTH, HEIGHT, order, mean, divisor, true);
    }

    private static float[] plain(TensorInput input, byte[][] pictures) {
        float[] values = new float[pictures.length * input.length()];
        int at = 0;
        for (byte[] bgr : pictures) {
            for (int channel = 0; channel < input.colourOrder().channels(); channel++) {
                for (int pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
                    float value = switch (input.colourOrder()) {
                        case GREY ->
                            0.114f * (bgr[3 * pixel] & 0xFF)
                                    + 0.587f * (bgr[3 * pixel + 1] & 0xFF)
                                    + 0.299f * (bgr[3 * pixel + 2] & 0xFF);
                        case BGR -> bgr[3 * pixel + channel] & 0xFF;
                        case RGB -> bgr[3 * pixel + 2 - channel] & 0xFF;
                    };
                    values[at++] = (value - input.mean()[channel]) / input.divisor()[channel];
                }
            }
        }
        return values;
    }
}
