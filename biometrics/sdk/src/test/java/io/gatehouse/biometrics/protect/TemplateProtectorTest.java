package io.gatehouse.biometrics.protect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TemplateProtectorTest {
    private static final long SEED = 20_260_302;
    private final Random random = new Random(SEED);

    @Test
    @DisplayName("ATT-3 Protected references keep every distance")
    void keepsDistances() {
        System.out.println("seed " + SEED);
        for (int dimension : new int[] {1, 2, 3, 7, 64, 100, 127, 128, 129, 192, 512}) {
            TemplateProtector protector = TemplateProtector.of(key(1), dimension);
            for (int i = 0; i < 20; i++) {
                float[] one = vector(dimension);
                float[] other = vector(dimension);
                assertThat(distance(protector.protect(one), protector.protect(other)))
                        .as("%d numbers", dimension)
                        .isCloseTo(distance(one, other), within(1e-5));
            }
        }
    }

    @Test
    void givesTheVectorBackToWhoHasTheKey() {
        for (int dimension : new int[] {1, 5, 128, 130}) {
            TemplateProtector protector = TemplateProtector.of(key(1), dimension);
            float[] vector = vector(dimension);
            assertThat(protector.unprotect(protector.protect(vector))).containsExactly(vector, offset());
        }
    }

    @Test
    @DisplayName("ATT-3 References under two keys are no nearer than those of strangers")
    void cannotBeLinkedAcrossKeys() {
        TemplateProtector one = TemplateProtector.of(key(1), 128);
        TemplateProtector other = TemplateProtector.of(key(2), 128);
        double same = 0;
        double strangers = 0;
        for (int i = 0; i < 400; i++) {
            float[] face = vector(128);
            same += distance(one.protect(face), other.protect(face)) / 400;
            strangers += distance(one.protect(face), other.protect(vector(128))) / 400;
        }
        assertThat(same).isCloseTo(strangers, within(0.03 * strangers));
    }

    @Test
    void spreadsASingleNumberOverAll() {
        float[] unit = new float[128];
        unit[3] = 1;
        float largest = 0;
        for (float value : TemplateProtector.of(key(1), 128).protect(unit)) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isLessThan(0.5f);
    }

    @Test
    void isTheSameForTheSameKey() {
        float[] vector = vector(128);
        assertThat(TemplateProtector.of(key(1), 128).protect(vector))
                .containsExactly(TemplateProtector.of(key(1), 128).protect(vector));
    }

    @Test
    void refusesWrongSizes() {
        TemplateProtector protector = TemplateProtector.of(key(1), 128);
        assertThatThrownBy(() -> TemplateProtector.of(new byte[31], 128)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TemplateProtector.of(key(1), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> protector.protect(new float[127])).isInstanceOf(IllegalArgumentException.class);
    }

    private static org.assertj.core.data.Offset<Float> offset() {
        return within(1e-6f);
    }

    private static byte[] key(int number) {
        byte[] key = new byte[TemplateProtector.KEY_BYTES];
        new Random(number).nextBytes(key);
        return key;
    }

    private float[] vector(int dimension) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        double length = distance(vector, new float[dimension]);
        for (int i = 0; i < dimension; i++) {
            vector[i] /= (float) length;
        }
        return vector;
    }

    private static double distance(float[] one, float[] other) {
        double squares = 0;
        for (int i = 0; i < one.length; i++) {
            squares += Math.pow((double) one[i] - other[i], 2);
        }
        return Math.sqrt(squares);
    }
}
