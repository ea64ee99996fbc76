package io.gatehouse.biometrics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TemplateTest {
    @Test
    @DisplayName("ATT-3 A template's numbers are not printed")
    void redactsItsNumbers() {
        assertThat(Template.of("pack", new float[] {0.123456f, 2}).toString()).doesNotContain("123456");
    }

    @Test
    void copiesItsNumbersInAndOut() {
        float[] numbers = {1, 2};
        Template template = Template.of("pack", numbers);
        numbers[0] = 9;
        template.vector()[1] = 9;
        assertThat(template.vector()).containsExactly(1, 2);
    }

    @Test
    void measuresEuclideanDistance() {
        Template one = Template.of("pack", new float[] {1, 2});
        assertThat(one.distance(Template.of("pack", new float[] {4, 6}))).isCloseTo(5, within(1e-9));
    }

    @Test
    void refusesToCompareAcrossPacks() {
        Template one = Template.of("pack", new float[] {1, 2});
        Template other = Template.of("other", new float[] {1, 2});
        assertThatThrownBy(() -> one.distance(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be compared");
    }

    @Test
    void refusesVectorsThatAreNoTemplate() {
        float[][] bad = {{}, {0, 0}, {Float.NaN, 1}, {Float.POSITIVE_INFINITY, 1}, {Float.MIN_VALUE, 0}};
        for (float[] vector : bad) {
            assertThatThrownBy(() -> Template.of("pack", vector)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
