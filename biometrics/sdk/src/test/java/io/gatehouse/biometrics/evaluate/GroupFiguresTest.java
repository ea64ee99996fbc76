package io.gatehouse.biometrics.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GroupFiguresTest {
    private final Map<String, String> groups = new HashMap<>();

    /** Groups x and y of 30, z of 2: x has 1 false match in 10 comparisons, y 1 in 30; one more of nobody's group. */
    private Comparisons comparisons() {
        Comparisons.Builder builder = Comparisons.builder();
        for (String name : new String[] {"x", "y"}) {
            for (int i = 0; i < 30; i++) {
                groups.put(name + i, name);
                for (int j = i + 1; j < 30; j++) {
                    int every = name.equals("x") ? 10 : 30;
                    builder.add(name + i, name + j, (i + j) % every == 0 ? 0.1 : 0.9);
                }
                builder.add(name + i, name + i, i % 5 == 0 && name.equals("y") ? 0.9 : 0.1);
            }
        }
        groups.put("z0", "z");
        groups.put("z1", "z");
        return builder.add("z0", "z1", 0.9)
                .add("z0", "z0", 0.1)
                .add("x0", "y0", 0.1)
                .add("y1", "x2", 0.9)
                .add("nobody", "x3", 0.1)
                .build();
    }

    @Test
    @DisplayName("ATT-5 Error rates within each group and between groups, the worst over the best, and who is too few")
    void tellsGroupsApart() {
        GroupFigures figures = GroupFigures.of(comparisons(), groups, 0.5, SubjectBootstrap.of(3));
        assertThat(figures.groups()).extracting(GroupFigures.Group::name).containsExactly("x", "y", "z");
        GroupFigures.Group x = figures.groups().get(0);
        GroupFigures.Group y = figures.groups().get(1);
        assertThat(x.people()).isEqualTo(30);
        assertThat(x.fmr()).isEqualTo(Proportion.of(count(10), 435));
        assertThat(y.fmr()).isEqualTo(Proportion.of(count(30), 435));
        assertThat(x.fnmr()).isEqualTo(Proportion.of(0, 30));
        assertThat(y.fnmr()).isEqualTo(Proportion.of(6, 30));
        assertThat(x.tooSmall()).isEmpty();
        assertThat(figures.groups().get(2).tooSmall())
                .hasValueSatisfying(reason -> assertThat(reason.text()).contains("z has 2 people"));
        assertThat(figures.ungrouped()).isEqualTo(1);
        assertThat(figures.between()).hasSize(3);
        assertThat(figures.between().get(0).fmr()).isEqualTo(Proportion.of(1, 2));
        assertThat(figures.fmrRatio()).hasValueSatisfying(ratio -> {
            assertThat(ratio.worst()).isEqualTo("x");
            assertThat(ratio.best()).isEqualTo("y");
            assertThat(ratio.value()).isEqualTo((double) count(10) / count(30));
            assertThat(ratio.interval().holds(ratio.value())).isTrue();
        });
        assertThat(figures.fnmrRatio()).hasValueSatisfying(ratio -> {
            assertThat(ratio.value()).isInfinite();
            assertThat(ratio.interval().lower()).isPositive();
        });
    }

    @Test
    void hasNoRatioOfOneGroup() {
        Comparisons comparisons = comparisons();
        groups.values().removeIf("y"::equals);
        assertThat(GroupFigures.of(comparisons, groups, 0.5, SubjectBootstrap.of(3))
                        .fmrRatio())
                .isEmpty();
    }

    private static int count(int every) {
        int errors = 0;
        for (int i = 0; i < 30; i++) {
            for (int j = i + 1; j < 30; j++) {
                errors += (i + j) % every == 0 ? 1 : 0;
            }
        }
        return errors;
    }
}
