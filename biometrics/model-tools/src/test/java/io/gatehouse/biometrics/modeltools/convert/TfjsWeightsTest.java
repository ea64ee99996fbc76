package io.gatehouse.biometrics.modeltools.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TfjsWeightsTest {
    private static final String MANIFEST = """
            [{"paths": ["x.bin"], "weights": [
              {"name": "q", "shape": [2, 2], "dtype": "float32",
               "quantization": {"dtype": "uint8", "scale": 0.5, "min": -1.25}},
              {"name": "f", "shape": [1], "dtype": "float32"}]}]
            """;
    private static final byte[] BINARY = ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {0, 1, 2, (byte) 255})
            .putFloat(3.5f)
            .array();

    @Test
    void readsQuantisedAndPlainValues() throws IOException {
        TfjsWeights weights = read(MANIFEST, BINARY);

        assertThat(weights.get("q").values()).containsExactly(-1.25f, -0.75f, -0.25f, 126.25f);
        assertThat(weights.get("q").shape()).containsExactly(2, 2);
        assertThat(weights.get("f").values()).containsExactly(3.5f);
    }

    @Test
    void refusesAFileOfAnotherLength() {
        for (int length = 0; length < BINARY.length; length++) {
            byte[] cut = Arrays.copyOf(BINARY, length);
            assertThatIllegalArgumentException().isThrownBy(() -> read(MANIFEST, cut));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(MANIFEST, Arrays.copyOf(BINARY, 9)))
                .withMessageContaining("1 bytes are left over");
    }

    @Test
    void refusesAnotherTypeOfValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(MANIFEST.replace("uint8", "uint16"), BINARY))
                .withMessageContaining("q is stored as uint16");
    }

    @Test
    void refusesAShapeLargerThanTheFile() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(MANIFEST.replace("[2, 2]", "[2000000, 2000000]"), BINARY))
                .withMessageContaining("q needs 4000000000000 values");
    }

    @Test
    void tellsWhichTensorANetworkLeavesOut() throws IOException {
        TfjsWeights weights = read(MANIFEST, BINARY);
        weights.get("q");

        assertThatIllegalStateException().isThrownBy(weights::requireAllUsed).withMessageContaining("[f]");
        assertThatIllegalArgumentException().isThrownBy(() -> weights.get("z"));
    }

    private static TfjsWeights read(String manifest, byte[] binary) throws IOException {
        return TfjsWeights.of(manifest.getBytes(StandardCharsets.UTF_8), binary);
    }
}
