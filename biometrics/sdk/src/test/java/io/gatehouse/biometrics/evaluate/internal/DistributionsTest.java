package io.gatehouse.biometrics.evaluate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

class DistributionsTest {
    @Test
    void betaOfWholeParametersIsABinomialTail() {
        // P(Beta(a, b) <= x) = P(Binomial(a + b - 1, x) >= a), added up term by term.
        for (int a = 1; a <= 6; a++) {
            for (int b = 1; b <= 40; b += 13) {
                for (double x : new double[] {0.001, 0.2, 0.5, 0.97}) {
                    int n = a + b - 1;
                    double tail = 0;
                    double term = Math.pow(1 - x, n);
                    for (int k = 0; k <= n; k++) {
                        tail += k >= a ? term : 0;
                        term *= (double) (n - k) / (k + 1) * x / (1 - x);
                    }
                    assertThat(Beta.cumulative(x, a, b)).as("%s %s %s", a, b, x).isCloseTo(tail, within(1e-12));
                }
            }
        }
    }

    @Test
    void betaQuantilesComeBackAlsoWhenTiny() {
        for (double p : new double[] {1e-6, 0.025, 0.5, 0.975}) {
            for (double[] ab : new double[][] {{1, 1_250_180}, {30, 5_000_000}, {0.5, 0.5}, {700, 3}}) {
                double x = Beta.quantile(p, ab[0], ab[1]);
                assertThat(Beta.cumulative(x, ab[0], ab[1])).isCloseTo(p, withinPercentage(1e-4));
            }
        }
    }

    @Test
    void normalHasTheTabledValues() {
        assertThat(Normal.quantile(0.975)).isCloseTo(1.959963984540054, within(1e-11));
        assertThat(Normal.quantile(1e-6)).isCloseTo(-4.753424308822899, within(1e-9));
        assertThat(Normal.quantile(0.5)).isCloseTo(0, within(1e-11));
        assertThat(Normal.cumulative(-3)).isCloseTo(0.0013498980316300933, within(1e-15));
        assertThat(Normal.cumulative(-6)).isCloseTo(9.865876450376946e-10, withinPercentage(1e-6));
        assertThat(Normal.cumulative(1)).isCloseTo(0.8413447460685429, within(1e-14));
        assertThat(Normal.quantile(1)).isGreaterThan(30);
    }
}
