package io.gatehouse.biometrics.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.fusion.FusionResult.Incomplete;
import io.gatehouse.biometrics.fusion.FusionResult.Match;
import io.gatehouse.biometrics.fusion.FusionResult.NoMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FusionRuleTest {
    private static final Map<String, Double> EQUAL = Map.of("face", 1.0, "finger", 1.0);
    private static final Map<String, Double> UNEQUAL = Map.of("face", 1.0, "finger", 2.0);

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    private static FusionResult fuse(FusionRule rule, double face, double finger) {
        return rule.fuse(List.of(ComparisonScore.of("face", face), ComparisonScore.of("finger", finger)));
    }

    private static double score(FusionResult result) {
        return result.fold(Match::score, NoMatch::score, incomplete -> Double.NaN);
    }

    @Test
    @DisplayName("REG-7 For a vault both kinds must pass, and one that is missing is no pass")
    void bothMustPass() {
        FusionRule vault = FusionRule.all(40, "face", "finger");
        assertThat(fuse(vault, 45, 41)).isInstanceOf(Match.class);
        assertThat(score(fuse(vault, 45, 41))).isEqualTo(41);
        assertThat(score(fuse(vault.assumingIndependentModalities(), 45, 41))).isEqualTo(82);
        assertThat(fuse(vault, 90, 39)).isInstanceOf(NoMatch.class);
        assertThat(fuse(vault.assumingIndependentModalities(), 90, 39)).isInstanceOf(NoMatch.class);
        assertThat(vault.fuse(List.of(ComparisonScore.of("face", 90))))
                .isInstanceOfSatisfying(
                        Incomplete.class,
                        missing -> assertThat(missing.reason().text()).contains("finger"));
        assertThat(vault.fuse(List.of(ComparisonScore.of("iris", 90)))).isInstanceOf(Incomplete.class);
    }

    @Test
    void eitherIsEnoughButEasierForStrangersToo() {
        FusionRule either = FusionRule.any(40, "face", "finger");
        assertThat(score(fuse(either, 45, 10))).isCloseTo(45 - 10 * Math.log10(2), within(1e-9));
        assertThat(either.fuse(List.of(ComparisonScore.of("face", 44)))).isInstanceOf(Match.class);
        assertThat(fuse(either, 42, 42)).isInstanceOf(NoMatch.class);
        assertThat(score(fuse(either.assumingIndependentModalities(), 10, 0)))
                .isCloseTo(-10 * Math.log10(1 - 0.9 * 0.9), within(1e-9));
    }

    @Test
    void refusesWeightsTooFarApartToSum() {
        assertThatThrownBy(() -> FusionRule.sum(30, Map.of("face", 1.0, "finger", 1e-9)))
                .hasMessageContaining("differ by more than 1000");
        FusionRule widest =
                FusionRule.sum(30, Map.of("face", 1.0, "finger", 1e-3)).assumingIndependentModalities();
        assertThat(score(fuse(widest, 40, 40))).isCloseTo(40, within(0.1));
    }

    @Test
    void theSumIsFishersMethod() {
        // Two p-values of 0.01: chi-squared with 4 degrees at -2 ln 1e-4: p (1 - ln p) = 1e-4 (1 + 9.21034)
        FusionRule sum = FusionRule.sum(30, EQUAL).assumingIndependentModalities();
        assertThat(score(fuse(sum, 20, 20))).isCloseTo(-10 * Math.log10(1e-4 * 10.2103404), within(1e-6));
        // Unequal weights 1 and 2 by the closed form: (2 e^(-x/2) - e^(-x)) with x = ln(10)/10 (20 + 2*20)
        double x = Math.log(10) / 10 * 60;
        assertThat(score(fuse(FusionRule.sum(30, UNEQUAL).assumingIndependentModalities(), 20, 20)))
                .isCloseTo(-10 * Math.log10(2 * Math.exp(-x / 2) - Math.exp(-x)), within(1e-6));
        // Without independence: the mean less 4.34.
        assertThat(score(fuse(FusionRule.sum(30, EQUAL), 30, 50))).isCloseTo(40 - 4.3429448, within(1e-6));
    }

    @Test
    void theExactTailHoldsFarOutAndForNearlyEqualWeights() {
        double[] nearly = {1, 1.0000001, 0.9999999};
        // Gamma with shape 3: e^-x (1 + x + x²/2), at a tail of about 1e-300.
        for (double x : new double[] {0.1, 5, 50, 690}) {
            double expected = (-x + Math.log(1 + x + x * x / 2)) / Math.log(10);
            assertThat(ExponentialSum.log10Tail(nearly, x)).as("%s", x).isCloseTo(expected, within(1e-4));
        }
        assertThat(ExponentialSum.log10Tail(new double[] {1}, 2_000)).isCloseTo(-2_000 / Math.log(10), within(1e-6));
        assertThat(ExponentialSum.log10Tail(new double[] {1, 100}, 500))
                .isCloseTo(Math.log10((100 * Math.exp(-5) - Math.exp(-500)) / 99), within(1e-9));
    }

    @Test
    void framesOfOneFaceAreNotAddedUp() {
        FusionRule face = FusionRule.sum(40, Map.of("face", 1.0));
        List<ComparisonScore> frames = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            frames.add(ComparisonScore.of("face", 30 + i));
        }
        // The best, 39, less 10: ten tries.
        assertThat(score(face.fuse(frames))).isCloseTo(29, within(1e-9));
    }

    @Test
    void strangersPassNoOftenerThanClaimedWhenModalitiesAreIndependent() {
        System.out.println("seed " + seed);
        Supplier<double[]> strangers = () -> new double[] {random.nextDouble(), random.nextDouble()};
        for (FusionRule rule :
                List.of(FusionRule.sum(20, EQUAL), FusionRule.sum(20, UNEQUAL), FusionRule.any(20, "face", "finger"))) {
            // What is claimed is what happens, not only less.
            assertThat(passRate(rule.assumingIndependentModalities(), strangers))
                    .as("%s", rule)
                    .isBetween(0.0085, 0.0115);
            assertThat(passRate(rule, strangers)).as("%s", rule).isLessThan(0.0115);
        }
        FusionRule all = FusionRule.all(10, "face", "finger").assumingIndependentModalities();
        assertThat(passRate(all, strangers)).isBetween(0.0085, 0.0115);
    }

    @Test
    void strangersPassNoOftenerThanClaimedWhenModalitiesDepend() {
        System.out.println("seed " + seed);
        Supplier<double[]> same = () -> {
            double p = random.nextDouble();
            return new double[] {p, p};
        };
        Supplier<double[]> opposite = () -> {
            double p = random.nextDouble();
            return new double[] {p, 1 - p};
        };
        Supplier<double[]> partly = () -> {
            double p = random.nextDouble();
            return new double[] {p, random.nextInt(2) == 0 ? p : random.nextDouble()};
        };
        for (FusionRule rule : List.of(
                FusionRule.sum(20, EQUAL),
                FusionRule.sum(20, UNEQUAL),
                FusionRule.any(20, "face", "finger"),
                FusionRule.all(20, "face", "finger"))) {
            for (Supplier<double[]> strangers : List.of(same, opposite, partly)) {
                assertThat(passRate(rule, strangers)).as("%s", rule).isLessThan(0.0115);
            }
        }
        // And the statement of independence is a real one: where it is false, so is the claim.
        assertThat(passRate(FusionRule.sum(20, EQUAL).assumingIndependentModalities(), same))
                .isGreaterThan(0.02);
    }

    @Test
    void correlatedFramesKeepTheClaim() {
        System.out.println("seed " + seed);
        FusionRule face = FusionRule.sum(20, Map.of("face", 1.0));
        for (double sharing : new double[] {0, 0.5, 1}) {
            int passed = 0;
            for (int i = 0; i < 50_000; i++) {
                double common = random.nextDouble();
                List<ComparisonScore> frames = new ArrayList<>();
                for (int frame = 0; frame < 5; frame++) {
                    double p = random.nextDouble() < sharing ? common : random.nextDouble();
                    frames.add(ComparisonScore.of("face", -10 * Math.log10(p)));
                }
                passed += face.fuse(frames) instanceof Match ? 1 : 0;
            }
            assertThat(passed / 50_000.0).as("%s", sharing).isLessThan(0.0125);
        }
    }

    private static double passRate(FusionRule rule, Supplier<double[]> strangers) {
        int passed = 0;
        for (int i = 0; i < 100_000; i++) {
            double[] p = strangers.get();
            passed += fuse(rule, -10 * Math.log10(p[0]), -10 * Math.log10(p[1])) instanceof Match ? 1 : 0;
        }
        return passed / 100_000.0;
    }

    @Test
    void saysThatAScoreIsExtrapolatedAndRefusesNonsense() {
        FusionRule rule = FusionRule.any(10, "face");
        assertThat(rule.fuse(List.of(new ComparisonScore("face", 60, true))))
                .isInstanceOfSatisfying(
                        Match.class, match -> assertThat(match.extrapolated()).isTrue());
        assertThatThrownBy(() -> ComparisonScore.of("face", -1)).hasMessageContaining("0 or more");
        assertThatThrownBy(() -> ComparisonScore.of("face", Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FusionRule.all(40)).hasMessageContaining("modalities");
        assertThatThrownBy(() -> FusionRule.sum(40, Map.of("face", 0.0))).hasMessageContaining("weight");
        assertThatThrownBy(() -> FusionRule.any(-3, "face")).hasMessageContaining("threshold");
    }
}
