package io.gatehouse.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.core.reason.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionTest {
    private static final Reason CLOSED = Reason.of("permit.outside-hours", "Come at nine.");

    @Test
    void isGrantedOrDeniedAndNothingElse() {
        Decision granted = Decision.Granted.by("staff");
        Decision denied = Decision.Denied.because(CLOSED);
        assertThat(granted.isGranted()).isTrue();
        assertThat(denied.isGranted()).isFalse();
        assertThat(granted.<String>fold(it -> "yes", it -> "no")).isEqualTo("yes");
        assertThat(denied.<String>fold(it -> "yes", it -> "no")).isEqualTo("no");
    }

    @Test
    void alwaysSaysWhy() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Decision.Granted(List.of(), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Decision.Denied(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Obligation("escort", " "));
    }

    @Test
    void doesNotChangeWithTheListsItWasMadeOf() {
        List<String> rules = new ArrayList<>(List.of("staff"));
        Decision.Granted granted = new Decision.Granted(rules, List.of());
        rules.clear();
        assertThat(granted.rules()).containsExactly("staff");
    }

    @Test
    void refusesReasonsThatProgramsOrPeopleCannotRead() {
        assertThatIllegalArgumentException().isThrownBy(() -> Reason.of("Closed", "Come at nine."));
        assertThatIllegalArgumentException().isThrownBy(() -> Reason.of("permit", "Come at nine."));
        assertThatIllegalArgumentException().isThrownBy(() -> Reason.of("permit.closed", ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reason.of("permit.closed", "x".repeat(1_001)))
                .withMessageContaining("1001");
    }
}
