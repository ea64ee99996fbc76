package io.gatehouse.biometrics.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final TemplateAging AGING = TemplateAging.DEFAULT;

    @Test
    void takesTheMeanAndTheVarianceOfTheFirst() {
        double[] distances = {
            0.30, 0.34, 0.28, 0.33, 0.31, 0.29, 0.36, 0.30, 0.32, 0.27, 0.35, 0.31, 0.26, 0.30, 0.33, 0.29, 0.31, 0.37,
            0.30, 0.28
        };
        Trend trend = Trend.NONE;
        for (double distance : distances) {
            trend = trend.with(distance, AGING);
        }
        double mean = Arrays.stream(distances).average().orElseThrow();
        double variance = Arrays.stream(distances)
                .map(d -> (d - mean) * (d - mean))
                .average()
                .orElseThrow();
        assertThat(trend.baseline()).isCloseTo(mean, within(1e-12));
        assertThat(trend.level()).isCloseTo(mean, within(1e-12));
        assertThat(trend.variance()).isCloseTo(variance, within(1e-12));
    }

    @Test
    void raisesNoFalseAlarmForFacesThatStayAsTheyAre() {
        long seed = 3;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int alarms = 0;
        for (int person = 0; person < 500; person++) {
            Trend trend = Trend.NONE;
            boolean hasRisen = false;
            for (int i = 0; i < 1_000; i++) {
                trend = trend.with(Math.max(0.05, 0.32 + 0.05 * random.nextGaussian()), AGING);
                hasRisen |= trend.hasRisen(AGING);
            }
            alarms += hasRisen ? 1 : 0;
        }
        System.out.println("false alarms of 500 people over 1,000 probes: " + alarms);
        assertThat(alarms).isLessThanOrEqualTo(25);
    }

    @Test
    void noticesARiseOfAQuarterWithinAHundredProbes() {
        Random random = new Random(4);
        int noticed = 0;
        for (int person = 0; person < 200; person++) {
            Trend trend = Trend.NONE;
            for (int i = 0; i < 150; i++) {
                double grown = i < 50 ? 0.32 : 0.40;
                trend = trend.with(grown + 0.04 * random.nextGaussian(), AGING);
            }
            noticed += trend.hasRisen(AGING) ? 1 : 0;
        }
        System.out.println("noticed " + noticed + " of 200");
        assertThat(noticed).isGreaterThanOrEqualTo(180);
    }

    @Test
    void isMovedLittleByASingleBadPicture() {
        Trend trend = Trend.NONE;
        for (int i = 0; i < 50; i++) {
            trend = trend.with(i % 2 == 0 ? 0.30 : 0.32, AGING);
        }
        Trend after = trend.with(5, AGING);
        assertThat(after.level() - trend.level()).isLessThan(0.01);
        assertThat(after.hasRisen(AGING)).isFalse();
    }

    @Test
    void readsWhatItWroteAndNothingElse() throws IOException {
        Trend trend = new Trend(12, 0.3, 0.31, 0.001);
        assertThat(Trend.decoded(trend.encoded())).isEqualTo(trend);
        byte[] bytes = trend.encoded();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Trend.decoded(cut)).isInstanceOf(IOException.class);
        }
        Arrays.fill(bytes, 5, 13, (byte) 0xFF);
        assertThatThrownBy(() -> Trend.decoded(bytes)).isInstanceOf(IOException.class);
    }
}
