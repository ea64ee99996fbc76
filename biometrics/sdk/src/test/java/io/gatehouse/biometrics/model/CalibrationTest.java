package io.gatehouse.biometrics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.model.Calibration.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
