package io.gatehouse.biometrics.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SubjectBootstrapTest {
    /** People of whom some are easily taken for others: an error depends on both, so comparisons go together. */
    private static Comparisons crowd(Random random, int people) {
        double[] ease = new double[people];
        for (int i = 0; i < people; i++) {
            ease[i] = random.nextGaussian();
        }
        Comparisons.Builder builder = Comparisons.builder();
        for (int i = 0; i < people; i++) {
            for (int j = i + 1; j < people; j++) {
                builder.add("p" + i, "p" + j, 10 + ease[i] + ease[j] + random.nextGaussian());
            }
            for (int k = 0; k < 5; k++) {
                builder.add("p" + i, "p" + i, 5 + 2 * ease[i] + random.nextGaussian());
            }
        }
        return builder.build();
    }

    @Test
    void theSameSeedGivesTheSameIntervalAndAnotherAnother() {
        Comparisons comparisons = crowd(new Random(5), 60);
        Interval one = SubjectBootstrap.of(1).falseMatchRate(comparisons, 8);
        assertThat(SubjectBootstrap.of(1).falseMatchRate(comparisons, 8)).isEqualTo(one);
        assertThat(SubjectBootstrap.of(2).falseMatchRate(comparisons, 8)).isNotEqualTo(one);
        assertThat(SubjectBootstrap.of(1).falseMatchRates(comparisons, 7, 8)[1]).isEqualTo(one);
    }

    @Test
    void holdsTheTruthWhereTheExactIntervalForgetsThatComparisonsSharePeople() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        // Non-mated distances are N(10, 3), mated N(5, 5): P(d < 7) and P(d >= 8) by the normal distribution.
        double fmr = 0.041632;
        double fnmr = 0.089856;
        SubjectBootstrap bootstrap = new SubjectBootstrap(seed, 200, 0.95);
        int boot = 0;
        int exact = 0;
        int mated = 0;
        for (int run = 0; run < 100; run++) {
            Comparisons comparisons = crowd(random, 50);
            boot += bootstrap.falseMatchRate(comparisons, 7).holds(fmr) ? 1 : 0;
            exact += comparisons.falseMatches(7).clopperPearson(0.95).holds(fmr) ? 1 : 0;
            mated += bootstrap.falseNonMatchRate(comparisons, 8).holds(fnmr) ? 1 : 0;
        }
        System.out.println("of 100 intervals of 95 % hold the truth: people drawn " + boot + " and " + mated
                + ", comparisons taken for independent " + exact);
        assertThat(boot).isGreaterThanOrEqualTo(82);
        assertThat(mated).isGreaterThanOrEqualTo(80);
        assertThat(exact).isLessThan(75);
    }

    @Test
    void countsErrorsForNoMoreThanTheyAreWorth() {
        // Independent comparisons: each error counts. One person who is taken for everybody: they count little.
        Random random = new Random(11);
        Comparisons.Builder independent = Comparisons.builder();
        Comparisons.Builder wolf = Comparisons.builder();
        for (int i = 0; i < 80; i++) {
            for (int j = i + 1; j < 80; j++) {
                independent.add("p" + i, "p" + j, random.nextDouble());
                wolf.add("p" + i, "p" + j, i == 0 ? 0.01 : 0.9);
            }
        }
        Comparisons even = independent.build();
        Cells cells = Cells.of(even, even.nonMatedSide());
        int errors = (int) even.falseMatches(0.05).errors();
        assertThat(cells.effectiveErrors(cells.errors(0.05, true)) / errors).isCloseTo(1, within(0.4));
        Comparisons uneven = wolf.build();
        Cells few = Cells.of(uneven, uneven.nonMatedSide());
        assertThat(uneven.falseMatches(0.05).errors()).isEqualTo(79);
        assertThat(few.effectiveErrors(few.errors(0.05, true))).isLessThan(3);
    }

    @Test
    void noErrorsAreNotNoDoubt() {
        Comparisons comparisons = crowd(new Random(5), 20);
        Interval interval = SubjectBootstrap.of(1).falseMatchRate(comparisons, -100);
        assertThat(interval.lower()).isZero();
        assertThat(interval.upper())
                .isEqualTo(Proportion.of(0, 190).clopperPearson(0.95).upper());
        assertThatThrownBy(() -> new SubjectBootstrap(1, 3, 0.95)).hasMessageContaining("replicates");
    }
}
