package io.gatehouse.biometrics.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class UnlinkabilityTest {
    @Test
    void isZeroForEqualDistributionsAndOneForApartOnes() {
        double[] some = {0, 1, 2, 3};
        assertThat(Unlinkability.of(some, some, 1, 4).system()).isZero();
        assertThat(Unlinkability.of(new double[] {0, 1}, new double[] {9, 10}, 1, 10)
                        .system())
                .isEqualTo(1);
    }

    /** Three quarters of mated and a quarter of non-mated scores in the first bin: LR 3, so D = 2·3/4 − 1 = 1/2 there. */
    @Test
    void weighsTheLocalMeasureByMatedScores() {
        double[] mated = {0, 0, 0, 1};
        double[] nonMated = {0, 1, 1, 1};
        assertThat(Unlinkability.of(mated, nonMated, 1, 2).system()).isCloseTo(0.75 * 0.5, within(1e-12));
        // With ω = 1/3 the ratio is 1 there, which tells nothing; in the other bin it is 1/9.
        assertThat(Unlinkability.of(mated, nonMated, 1.0 / 3, 2).system()).isCloseTo(0, within(1e-12));
        // With ω = 9 it is 27 in the first, D = 26/28, and 3 in the other, D = 1/2.
        assertThat(Unlinkability.of(mated, nonMated, 9, 2).system())
                .isCloseTo(0.75 * 26 / 28 + 0.25 * 0.5, within(1e-12));
    }

    /** Uniform on 0…1 and on 0.5…1.5: half of the mated ones lie where no other is. */
    @Test
    void countsWhatLiesWhereNoOtherIs() {
        double[] mated = new double[20_000];
        double[] nonMated = new double[20_000];
        for (int i = 0; i < mated.length; i++) {
            mated[i] = (i + 0.5) / mated.length;
            nonMated[i] = mated[i] + 0.5;
        }
        assertThat(Unlinkability.of(mated, nonMated, 1, 150).system()).isCloseTo(0.5, within(0.01));
    }

    @Test
    void isNoGreaterByChanceThanItSays() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int size : new int[] {100, 1_000, 100_000}) {
            Unlinkability measured = Unlinkability.of(
                    random.doubles(size).toArray(), random.doubles(size).toArray());
            assertThat(measured.system()).isLessThan(Math.sqrt((double) measured.bins() / size));
        }
    }

    @Test
    void refusesWhatIsNoDistribution() {
        double[] some = {1, 2};
        assertThatThrownBy(() -> Unlinkability.of(new double[0], some, 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no mated scores");
        assertThatThrownBy(() -> Unlinkability.of(some, new double[] {Double.NaN}, 1, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Unlinkability.of(some, some, 0, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Unlinkability.of(some, some, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
