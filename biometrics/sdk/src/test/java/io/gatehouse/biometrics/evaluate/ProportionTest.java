package io.gatehouse.biometrics.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ProportionTest {
    @Test
    void clopperPearsonIsWhatTablesSay() {
        // Without an error in 10: 1 - 0.025^(1/10). With 5 of 10: tabled.
        assertThat(Proportion.of(0, 10).clopperPearson(0.95).upper()).isCloseTo(0.3084971, within(1e-6));
        assertThat(Proportion.of(0, 10).clopperPearson(0.95).lower()).isZero();
        Interval half = Proportion.of(5, 10).clopperPearson(0.95);
        assertThat(half.lower()).isCloseTo(0.1870860, within(1e-6));
        assertThat(half.upper()).isCloseTo(0.8129140, within(1e-6));
        assertThat(Proportion.of(10, 10).clopperPearson(0.95).upper()).isEqualTo(1);
    }

    @Test
    void wilsonIsItsFormulaByHand() {
        // 1 of 10, z = 1.96: (0.1 + 0.19208 ± 1.96 sqrt(0.009 + 0.009604)) / 1.38416
        Interval interval = Proportion.of(1, 10).wilson(0.95);
        assertThat(interval.lower()).isCloseTo(0.01787, within(1e-4));
        assertThat(interval.upper()).isCloseTo(0.40415, within(1e-4));
    }

    @Test
    void rulesOf3And30() {
        assertThat(Proportion.ruleOf3(300)).isEqualTo(0.01);
        assertThat(Proportion.of(0, 300).clopperPearson(0.90).upper()).isCloseTo(0.01, within(1e-4));
        assertThat(Proportion.of(30, 1_000).meetsRuleOf30()).isTrue();
        assertThat(Proportion.of(29, 1_000).meetsRuleOf30()).isFalse();
        // What the rule says: 30 errors, 90 %, about ±30 %.
        Interval thirty = Proportion.of(30, 100_000).clopperPearson(0.90);
        assertThat(thirty.lower() / 3e-4).isCloseTo(0.72, within(0.02));
        assertThat(thirty.upper() / 3e-4).isCloseTo(1.36, within(0.02));
    }

    @Test
    void exactIntervalsHoldTheTruthAsOftenAsTheySay() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int exact = 0;
        int wilson = 0;
        for (int run = 0; run < 2_000; run++) {
            int errors = 0;
            for (int i = 0; i < 200; i++) {
                errors += random.nextDouble() < 0.03 ? 1 : 0;
            }
            exact += Proportion.of(errors, 200).clopperPearson(0.95).holds(0.03) ? 1 : 0;
            wilson += Proportion.of(errors, 200).wilson(0.95).holds(0.03) ? 1 : 0;
        }
        // Six standard deviations below 0.95 of 2,000.
        assertThat(exact).isGreaterThan(1_841);
        assertThat(wilson).isGreaterThan(1_800);
    }

    @Test
    void hasNoRateWithoutTrialsAndRefusesNonsense() {
        assertThat(Proportion.of(0, 0).rate()).isNaN();
        assertThat(Proportion.of(0, 0).clopperPearson(0.95)).isEqualTo(new Interval(0, 1, 0.95));
        assertThat(Proportion.of(0, 0).wilson(0.95)).isEqualTo(new Interval(0, 1, 0.95));
        assertThatThrownBy(() -> Proportion.of(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Proportion.of(1, 2).wilson(95)).hasMessageContaining("such as 0.95");
    }
}
