package io.gatehouse.biometrics.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.evaluate.VerificationFigures.Point;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerificationFiguresTest {
    /** Mated at 0.1, 0.2, 0.3, 0.6; non-mated at 0.25, 0.5, 0.7, 0.8, 0.9. */
    static Comparisons small() {
        Comparisons.Builder builder = Comparisons.builder();
        builder.add("a", "a", 0.1).add("a", "a", 0.2).add("b", "b", 0.3).add("c", "c", 0.6);
        builder.add("a", "b", 0.25).add("a", "c", 0.5).add("b", "c", 0.7).add("b", "d", 0.8);
        return builder.add("d", "a", 0.9).build();
    }

    @Test
    void countsByHand() {
        VerificationFigures figures = VerificationFigures.of(small());
        Point at = figures.at(0.55);
        assertThat(at.fmr()).isEqualTo(Proportion.of(2, 5));
        assertThat(at.fnmr()).isEqualTo(Proportion.of(1, 4));
        // A sample exactly at the threshold does not match.
        assertThat(figures.at(0.3).fnmr()).isEqualTo(Proportion.of(2, 4));
        assertThat(figures.at(0.25).fmr()).isEqualTo(Proportion.of(0, 5));
        // Between 0.3 and 0.5: FMR 1/5, FNMR 1/4, nearer than anywhere else.
        assertThat(figures.equalError().rate()).isCloseTo(0.225, within(1e-12));
        assertThat(figures.equalError().distance()).isBetween(0.3, 0.5);
        assertThat(figures.atFalseMatchRate(0.2)).isEqualTo(figures.at(0.5));
        assertThat(figures.atFalseMatchRate(0).fmr().errors()).isZero();
    }

    @Test
    void agreesWithCountingOneByOne() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<Double> mated = new ArrayList<>();
        List<Double> nonMated = new ArrayList<>();
        Comparisons.Builder builder = Comparisons.builder();
        for (int i = 0; i < 3_000; i++) {
            // Rounded, so that there are ties.
            double distance = Math.round(1_000 * Math.abs(random.nextGaussian() + (i % 3 == 0 ? 2 : 5))) / 1_000.0;
            (i % 3 == 0 ? mated : nonMated).add(distance);
            builder.add("p" + i, i % 3 == 0 ? "p" + i : "q" + i, distance);
        }
        VerificationFigures figures = VerificationFigures.of(builder.build());
        double least = Double.MAX_VALUE;
        Set<Double> equal = new HashSet<>();
        for (double threshold = 0; threshold < 9; threshold += 0.0005) {
            double at = threshold;
            double fmr = nonMated.stream().filter(d -> d < at).count() / (double) nonMated.size();
            double fnmr = mated.stream().filter(d -> d >= at).count() / (double) mated.size();
            assertThat(figures.at(at).fmr().rate()).isEqualTo(fmr);
            assertThat(figures.at(at).fnmr().rate()).isEqualTo(fnmr);
            double apart = Math.abs(fmr - fnmr);
            if (apart < least - 1e-9) {
                least = apart;
                equal.clear();
            }
            if (apart < least + 1e-9) {
                // Just before and just behind the crossing the rates may lie equally far apart.
                equal.add((fmr + fnmr) / 2);
            }
        }
        assertThat(equal)
                .anySatisfy(rate -> assertThat(figures.equalError().rate()).isCloseTo(rate, within(1e-9)));
        for (double rate : new double[] {0, 0.001, 0.01, 0.3}) {
            Point point = figures.atFalseMatchRate(rate);
            assertThat(point.fmr().rate()).isLessThanOrEqualTo(rate);
            assertThat(figures.at(Math.nextUp(point.distance())).fmr().rate()).isGreaterThan(rate);
        }
    }

    @Test
    void theCurveGoesFromNothingToEverything() {
        List<Point> curve = VerificationFigures.of(small()).curve();
        assertThat(curve.get(0).fmr().errors()).isZero();
        assertThat(curve.get(0).fnmr().rate()).isEqualTo(1);
        assertThat(curve.get(curve.size() - 1).fmr().rate()).isEqualTo(1);
        assertThat(curve.get(curve.size() - 1).fnmr().rate()).isZero();
    }

    @Test
    void refusesWhatHasNoRates() {
        Comparisons oneSided = Comparisons.builder().add("a", "b", 0.5).build();
        assertThatThrownBy(() -> VerificationFigures.of(oneSided)).hasMessageContaining("0 and 1");
        assertThatThrownBy(() -> Comparisons.builder().add("a", "b", Double.NaN))
                .hasMessageContaining("finite");
    }

    @Test
    void addsWhatFailedBeforeTheComparison() {
        AcquisitionCounts counts = new AcquisitionCounts(Proportion.of(1, 10), Proportion.of(2, 100));
        assertThat(counts.fte()).isEqualTo(0.1);
        assertThat(counts.fta()).isEqualTo(0.02);
        assertThat(counts.falseAcceptRate(0.01)).isCloseTo(0.0098, within(1e-12));
        assertThat(counts.falseRejectRate(0.05)).isCloseTo(0.02 + 0.98 * 0.05, within(1e-12));
        assertThat(counts.generalisedFalseAcceptRate(0.01)).isCloseTo(0.9 * 0.0098, within(1e-12));
        assertThat(counts.generalisedFalseRejectRate(0.05)).isCloseTo(0.1 + 0.9 * 0.069, within(1e-12));
        assertThat(new AcquisitionCounts(Proportion.of(0, 0), Proportion.of(0, 0)).falseRejectRate(0.5))
                .isEqualTo(0.5);
    }
}
