package io.gatehouse.codes.token;

import static io.gatehouse.codes.token.Fixtures.NOON;
import static io.gatehouse.codes.token.Fixtures.verifier;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.codes.internal.cbor.CborException;

/** Whatever a scanner reads, the verifier answers; with the environment variable JAZZER_FUZZ=1 new bytes are looked for. */
class PassFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void refusesWhatTheIssuerDidNotSign(byte[] bytes) {
        assertThat(verifier().verify(bytes, Presentation.atDesk(NOON))).isInstanceOf(Verification.Rejected.class);
    }

    @FuzzTest(maxDuration = "30s")
    void claimsThatAreReadAreTheOneEncodingOfTheirPass(byte[] bytes) {
        try {
            assertThat(PassCodec.writeClaims(PassCodec.readClaims(bytes))).isEqualTo(bytes);
        } catch (CborException e) {
            assertThat(e).message().isNotBlank();
        }
    }
}
