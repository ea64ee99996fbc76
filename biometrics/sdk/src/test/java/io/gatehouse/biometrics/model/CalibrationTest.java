package io.gatehouse.biometrics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gatehouse.biometrics.model.Calibration.Row;
import io.gatehouse.biometrics.model.Calibration.Tail;
import io.gatehouse.biometrics.model.Calibration.Threshold;
import io.gatehouse.biometrics.model.Calibration.UnsupportedRateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTest {
    private final Calibration calibration =
            new Calibration(List.of(new Row(0.4, 1e-5), new Row(0.5, 1e-3), new Row(0.6, 1e-2)), "test");

    @Test
    void givesBackItsRows() {
        for (Row row : calibration.rows()) {
            assertThat(calibration.falseMatchRateAt(row.distance())).isCloseTo(row.falseMatchRate(), within(1e-12));
            assertThat(calibration.distanceAt(row.falseMatchRate())).isCloseTo(row.distance(), within(1e-12));
        }
    }

    @Test
    void interpolatesTheLogarithmOfTheRate() {
        assertThat(calibration.falseMatchRateAt(0.45)).isCloseTo(1e-4, within(1e-10));
        assertThat(calibration.distanceAt(1e-4)).isCloseTo(0.45, within(1e-10));
        assertThat(calibration.scoreAt(0.45)).isCloseTo(40, within(1e-6));
    }

    @Test
    void claimsNothingOutsideWhatWasMeasured() {
        assertThat(calibration.scoreAt(0.01)).isCloseTo(50, within(1e-9));
        assertThat(calibration.falseMatchRateAt(0.7)).isEqualTo(1);
        for (double rate : new double[] {1e-6, 0.5, 0, -1, Double.NaN}) {
            assertThatThrownBy(() -> calibration.distanceAt(rate))
                    .as("%s", rate)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("outside what was measured");
        }
    }

    @Test
    void refusesRowsThatDoNotAscend() {
        List<Row> rows = List.of(new Row(0.5, 1e-3), new Row(0.4, 1e-2));
        assertThatThrownBy(() -> new Calibration(rows, "test")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysThatAPackWasNeverCalibrated() {
        Calibration none = new Calibration(List.of(), "");
        assertThatThrownBy(() -> none.scoreAt(0.5)).isInstanceOf(ModelUnavailableException.class);
        assertThatThrownBy(() -> none.distanceAt(0.5)).isInstanceOf(ModelUnavailableException.class);
    }

    private final Calibration tailed = new Calibration(calibration.rows(), "test", Optional.of(new Tail(0.02, 0)));

    @Test
    void tellsHowLargeAGalleryItsDataSupport() {
        // 1 - (1 - 1e-5)^N = 0.01 at N = 1005.03
        assertThat(calibration.largestGallery(0.01)).isEqualTo(1_005);
        assertThat(calibration.largestGallery(1e-6)).isZero();
        TargetRate asked = TargetRate.ofFalsePositiveIdentifications(0.01);
        assertThat(calibration.threshold(asked, 1_005).distance()).isCloseTo(0.4, within(1e-5));
        assertThatThrownBy(() -> calibration.threshold(asked, 1_006))
                .isInstanceOf(UnsupportedRateException.class)
                .hasMessageContaining("1,005 references")
                .hasMessageContaining("allow an extrapolation");
    }

    @Test
    void aSearchAmongMoreReferencesIsStricterAtEachComparison() {
        TargetRate asked = TargetRate.ofFalsePositiveIdentifications(0.02);
        double last = 1;
        for (int references : new int[] {0, 1, 2, 10, 100, 1_000}) {
            double rate = asked.falseMatchRate(references);
            assertThat(1 - Math.pow(1 - rate, Math.max(1, references))).isCloseTo(0.02, within(1e-12));
            assertThat(rate).isLessThanOrEqualTo(last);
            last = rate;
        }
        assertThat(TargetRate.ofFalseMatches(1e-3).falseMatchRate(1_000)).isEqualTo(1e-3);
    }

    @Test
    void extrapolatesOnlyIfAskedAndSaysSo() {
        TargetRate asked = TargetRate.ofFalseMatches(1e-7);
        assertThatThrownBy(() -> tailed.threshold(asked, 1)).isInstanceOf(UnsupportedRateException.class);
        Threshold threshold = tailed.threshold(asked.extrapolating(), 1);
        assertThat(threshold.extrapolated()).isTrue();
        // Two decades below the first row in a straight line of the logarithm.
        assertThat(threshold.distance()).isCloseTo(0.4 - 0.02 * Math.log(100), within(1e-9));
        assertThat(tailed.score(threshold.distance(), true)).satisfies(score -> {
            assertThat(score.value()).isCloseTo(70, within(1e-9));
            assertThat(score.extrapolated()).isTrue();
        });
        assertThat(tailed.score(threshold.distance(), false)).satisfies(score -> {
            assertThat(score.value()).isCloseTo(50, within(1e-9));
            assertThat(score.extrapolated()).isFalse();
        });
        assertThat(tailed.score(0.45, true).extrapolated()).isFalse();
        assertThat(tailed.threshold(TargetRate.ofFalseMatches(1e-4).extrapolating(), 1)
                        .extrapolated())
                .isFalse();
    }

    @Test
    void refusesAnExtrapolationWithoutAModelOrPastEveryDistance() {
        TargetRate beyond = TargetRate.ofFalseMatches(1e-14).extrapolating();
        assertThatThrownBy(() -> calibration.threshold(beyond, 1)).hasMessageContaining("no model of its tail");
        assertThatThrownBy(() -> tailed.threshold(beyond, 1)).hasMessageContaining("no distance left");
    }

    @Test
    void theTailGoesOnFromTheTableAndComesBack() {
        for (double shape : new double[] {0, 1e-12, 0.05, 0.3, 1}) {
            Tail tail = new Tail(0.01, shape);
            assertThat(tail.part(0)).isEqualTo(1);
            for (double part : new double[] {0.9, 0.1, 1e-4}) {
                assertThat(tail.part(tail.below(part))).as("%s", shape).isCloseTo(part, withinPercentage(1e-6));
            }
        }
        // A generalised Pareto by hand: (1 + 0.5 * 0.02 / 0.01)^(-2) = 1/4
        assertThat(new Tail(0.01, 0.5).part(0.02)).isCloseTo(0.25, within(1e-12));
        assertThatThrownBy(() -> new Tail(0.01, -0.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Tail(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void comesBackFromJsonAndFromADescriptor(@TempDir Path folder) throws IOException {
        assertThat(Calibration.parse(tailed.toJson())).isEqualTo(tailed);
        assertThat(Calibration.parse(calibration.toJson())).isEqualTo(calibration);
        for (String wrong : List.of("", "[]", "{}", "{\"calibration\":[{}]}", "{\"calibration\":[{\"distance\":1}]}")) {
            assertThatThrownBy(() -> Calibration.parse(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
        Path descriptor = folder.resolve("pack.json");
        Files.writeString(
                descriptor,
                "{\"id\": \"mine\", \"kept\": 7, \"stages\": {\"embedder\": {\"calibration\": [], \"dimension\": 3}}}");
        tailed.writeTo(descriptor, "mine");
        String written = Files.readString(descriptor);
        assertThat(written).contains("\"kept\" : 7", "\"dimension\" : 3", "calibrationTail");
        calibration.writeTo(descriptor, "mine");
        assertThat(Files.readString(descriptor)).doesNotContain("calibrationTail");
        String before = Files.readString(descriptor);
        assertThatThrownBy(() -> tailed.writeTo(descriptor, "another"))
                .hasMessageContaining("describes the pack 'mine'")
                .hasMessageContaining("is of 'another'");
        assertThat(Files.readString(descriptor)).isEqualTo(before);
        Files.writeString(descriptor, "{\"id\": \"mine\", \"stages\": {}}");
        assertThatThrownBy(() -> calibration.writeTo(descriptor, "mine")).hasMessageContaining("describes no embedder");
    }
}
