package io.gatehouse.codes.rolling;

import static io.gatehouse.codes.rolling.RollingFixtures.NOON;
import static io.gatehouse.codes.rolling.RollingFixtures.PASSES;
import static io.gatehouse.codes.rolling.RollingFixtures.SITE;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.codes.token.Pass;
import io.gatehouse.codes.token.Presentation;
import io.gatehouse.codes.token.Verification.Rejected;
import java.util.List;

/** Whatever a scanner reads, the verifiers answer; with the environment variable JAZZER_FUZZ=1 new bytes are looked for. */
class RollingFuzzTest {
    private static final Presentation AT_NOON = Presentation.atDesk(NOON);

    @FuzzTest(maxDuration = "30s")
    void refusesWhatNoPhoneShows(byte[] bytes) {
        StepRegister register = new RollingFixtures.Memory();
        assertThat(RollingVerifier.create(() -> List.of(SITE), PASSES, register, RollingStep.STANDARD)
                        .verify(bytes, AT_NOON))
                .isInstanceOf(Rejected.class);
        assertThat(HolderVerifier.create(PASSES, register, RollingStep.STANDARD).verify(bytes, AT_NOON))
                .isInstanceOf(Rejected.class);
    }

    @FuzzTest(maxDuration = "30s")
    void bytesThatAreReadAreTheOneEncodingOfTheirPass(byte[] bytes) {
        Pass.ofBytes(bytes).ifPresent(pass -> assertThat(pass.toBytes()).isEqualTo(bytes));
    }
}
