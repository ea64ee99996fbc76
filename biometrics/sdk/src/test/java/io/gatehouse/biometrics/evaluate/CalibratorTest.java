package io.gatehouse.biometrics.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.evaluate.CalibrationOutcome.Calibrated;
import io.gatehouse.biometrics.evaluate.CalibrationOutcome.TooSmall;
import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.biometrics.model.TargetRate;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class CalibratorTest {
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Calibrator calibrator = Calibrator.create(CalibratorOptions.DEFAULT);

    private static Comparisons crowd(int people, DoubleSupplier distance) {
        Comparisons.Builder builder = Comparisons.builder();
        for (int i = 0; i < people; i++) {
            for (int j = i + 1; j < people; j++) {
                builder.add("p" + i, "p" + j, distance.getAsDouble());
            }
        }
        return builder.build();
    }

    @Test
    void findsTheDistancesOfAKnownDistribution() {
        System.out.println("seed " + seed);
        // Uniform up to 1: the rate is the distance.
        CalibrationOutcome outcome = calibrator.calibrate(crowd(500, () -> 1e-9 + random.nextDouble()), "made up");
        assertThat(outcome).isInstanceOfSatisfying(Calibrated.class, calibrated -> {
            Calibration table = calibrated.calibration();
            assertThat(table.rows()).hasSameSizeAs(calibrated.support());
            assertThat(table.floor()).isBetween(2e-4, 1e-3);
            for (CalibrationOutcome.Support row : calibrated.support()) {
                assertThat(row.measured().errors()).isGreaterThanOrEqualTo(30);
                assertThat(row.interval().upper())
                        .isLessThanOrEqualTo(3 * row.measured().rate());
                // Five standard deviations.
                double deviation = Math.sqrt(row.distance() / 124_750);
                assertThat(row.measured().rate()).isCloseTo(row.distance(), within(5 * deviation + 1e-8));
            }
            assertThat(table.source()).startsWith("124,750 non-mated comparisons of 500 people, made up");
            assertThat(table.distanceAt(0.01)).isCloseTo(0.01, within(0.002));
        });
    }

    @Test
    void extrapolatesAnExponentialTailToWhereItIs() {
        System.out.println("seed " + seed);
        // ln of the rate falls by 1 each 0.02 below 1: at 0.7 it is e^-15 = 3.06e-7, far below the table.
        Comparisons comparisons = crowd(500, () -> Math.max(1e-6, 1 + 0.02 * Math.log(1 - random.nextDouble())));
        Calibration table = ((Calibrated) calibrator.calibrate(comparisons, "made up")).calibration();
        Calibration.Threshold threshold =
                table.threshold(TargetRate.ofFalseMatches(3.06e-7).extrapolating(), 1);
        assertThat(threshold.extrapolated()).isTrue();
        // A tail that looks heavier than it is, as one of three may, errs to the safe side; never far to the other.
        assertThat(threshold.distance()).isBetween(0.4, 0.73);
    }

    @Test
    void doesNotPromiseMoreThanALightTailGives() {
        System.out.println("seed " + seed);
        // A normal tail falls ever faster; the straight line stays above it, which is the safe side.
        Comparisons comparisons = crowd(500, () -> 1 + 0.1 * Math.max(-9.9, random.nextGaussian()));
        Calibration table = ((Calibrated) calibrator.calibrate(comparisons, "made up")).calibration();
        Calibration.Threshold threshold =
                table.threshold(TargetRate.ofFalseMatches(1e-6).extrapolating(), 1);
        // The true distance at 1e-6 is 1 - 0.4753; asking for less is asking for more.
        assertThat(threshold.distance()).isLessThan(1 - 0.4753);
    }

    @Test
    void refusesASampleThatIsTooSmallAndSaysWhatIsNeeded() {
        assertThat(calibrator.calibrate(crowd(40, random::nextDouble), "made up"))
                .isInstanceOfSatisfying(TooSmall.class, tooSmall -> {
                    assertThat(tooSmall.reason().code()).isEqualTo("evaluate.too-small");
                    // From 0.05 down to 0.001 is a factor of 50: 50 × 780 comparisons, sqrt(50) × 40 people.
                    assertThat(tooSmall.reason().text()).contains("780 non-mated", "39,000 comparisons", "283 people");
                });
        assertThat(calibrator.calibrate(Comparisons.builder().add("a", "a", 1).build(), "made up"))
                .isInstanceOf(TooSmall.class);
        Comparisons twins = Comparisons.builder().add("a", "b", 0).build();
        assertThat(calibrator.calibrate(twins, "made up"))
                .isInstanceOfSatisfying(
                        TooSmall.class, same -> assertThat(same.reason().text()).contains("same picture"));
    }

    @Test
    void manyErrorsOfOnePersonSupportNoRate() {
        // Everybody is far apart but for one person, who is near to all: hundreds of errors that tell of one face.
        Comparisons.Builder builder = Comparisons.builder();
        for (int i = 0; i < 400; i++) {
            for (int j = i + 1; j < 400; j++) {
                builder.add("p" + i, "p" + j, i == 0 ? random.nextDouble() : 2 + random.nextDouble());
            }
        }
        CalibrationOutcome outcome = calibrator.calibrate(builder.build(), "made up");
        double lowest = outcome.fold(calibrated -> calibrated.calibration().floor(), tooSmall -> 1.0);
        // The part of comparisons that are that person's is 1/200.
        assertThat(lowest).isGreaterThanOrEqualTo(0.005);
    }
}
