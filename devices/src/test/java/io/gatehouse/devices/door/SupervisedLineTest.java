package io.gatehouse.devices.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupervisedLineTest {
    @ParameterizedTest
    @CsvSource({
        "0, SHORT", "1979, SHORT", "1981, NORMAL", "2200, NORMAL", "2419, NORMAL", "2421, CUT", "3959, CUT",
        "3961, ACTIVE", "4839, ACTIVE", "4841, CUT", "1e9, CUT", "Infinity, CUT", "NaN, CUT", "-1, SHORT"
    })
    void tellsWhatALoopSaysFromItsResistance(double ohms, InputState state) {
        assertThat(SupervisedLine.TWO_RESISTORS.state(ohms)).isEqualTo(state);
    }

    @Test
    void refusesResistancesThatCannotBeToldApart() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SupervisedLine(1_000, 1_100, 0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> new SupervisedLine(0, 1_100, 0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> new SupervisedLine(1_000, 2_000, 0.6));
        assertThatIllegalArgumentException().isThrownBy(() -> new SupervisedLine(1_000, Double.NaN, 0.1));
    }
}
