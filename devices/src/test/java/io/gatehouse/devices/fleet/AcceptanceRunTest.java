package io.gatehouse.devices.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.core.reason.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AcceptanceRunTest {
    private final AcceptanceRun run =
            AcceptanceRun.create(new AcceptanceCriteria(20, 0.9, Duration.ofMillis(100), Set.of("seen")));

    @Test
    @DisplayName("ENT-20 passes at the mark and not below it: attempts, read rate, latency, what a person confirms")
    void passesAtTheMark() {
        assertThat(missing()).contains("fleet.too-few-attempts", "fleet.read-rate", "fleet.check-missing");
        for (int reading = 0; reading < 17; reading++) {
            run.read(Duration.ofMillis(100));
        }
        run.missed();
        run.missed();
        run.confirm("seen");
        assertThat(missing()).containsExactly("fleet.too-few-attempts", "fleet.read-rate");
        run.read(Duration.ofSeconds(5));
        AcceptanceResult result = run.result();
        assertThat(result.isPassed()).as("one in 18 is slow").isFalse();
        assertThat(missing()).containsExactly("fleet.latency");
        assertThat(result.readRate()).isEqualTo(0.9);
        assertThat(result.median()).isEqualTo(Duration.ofMillis(100));
        assertThat(result.slowest()).isEqualTo(Duration.ofSeconds(5));
        for (int reading = 0; reading < 2; reading++) {
            run.read(Duration.ofMillis(10));
        }
        assertThat(run.result().isPassed()).as("one in 20 may be slow").isTrue();
    }

    @Test
    void refusesWhatIsNoReadingOrNoCheck() {
        assertThatIllegalArgumentException().isThrownBy(() -> run.read(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> run.confirm("unseen"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AcceptanceCriteria(0, 0.5, Duration.ofSeconds(1), Set.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AcceptanceCriteria(1, Double.NaN, Duration.ofSeconds(1), Set.of()));
    }

    private List<String> missing() {
        return run.result().missing().stream().map(Reason::code).toList();
    }
}
