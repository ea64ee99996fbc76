package io.gatehouse.biometrics.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.model.Calibration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TailFitTest {
    @Test
    void agreesWithMomentsByHand() {
        // Excesses 12, 2, 1 below 20. Mean 5; weighted (12 * 0.35 + 2 * 1.35 + 1 * 2.35) / 9 = 9.25 / 9.
        // With d = 5 - 18.5 / 9 = 26.5 / 9: shape 2 - 45 / 26.5 and scale 2 * 5 * (9.25 / 9) / d = 92.5 / 26.5.
        Calibration.Tail tail = TailFit.below(new double[] {8, 18, 19, 20}, 3, 20);
        assertThat(tail.shape()).isCloseTo(8 / 26.5, within(1e-12));
        assertThat(tail.scale()).isCloseTo(92.5 / 26.5, within(1e-12));
    }

    @Test
    void findsTheScaleOfAnExponentialTail() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        double[] scales = new double[201];
        for (int i = 0; i < scales.length; i++) {
            double[] sorted = random.doubles(301)
                    .map(part -> 1 + 0.02 * Math.log(1 - part))
                    .sorted()
                    .toArray();
            scales[i] = TailFit.below(sorted, 300, sorted[300]).scale();
        }
        Arrays.sort(scales);
        assertThat(scales[100]).as("the median of 201").isCloseTo(0.02, within(0.002));
    }
}
