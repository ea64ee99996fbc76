package io.gatehouse.codes.revoke;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.keys.KeyRing;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Whatever a gate is brought as a status list, it answers; with the environment variable JAZZER_FUZZ=1 new bytes are looked for. */
class StatusFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void refusesWhatTheIssuerDidNotSign(byte[] bytes) {
        StatusVerifier verifier = new StatusVerifier(StatusListOptions.of("acme"));
        assertThat(verifier.verify(bytes, KeyRing.of(), number -> Optional.empty(), Instant.EPOCH)
                        .why())
                .isPresent();
    }

    @FuzzTest(maxDuration = "30s")
    void aPayloadThatIsReadIsTheOneEncodingOfWhatItSays(byte[] bytes) {
        try {
            assertThat(StatusCodec.encode(StatusCodec.decode(bytes))).isEqualTo(bytes);
        } catch (CborException e) {
            assertThat(e).message().isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "30s")
    void changesThatAreReadAreTheOneEncodingOfThemselves(byte[] bytes) {
        try {
            Map<Integer, PassStatus> changes = ChangeCodec.decode(bytes, 2, 1_000_000);
            assertThat(ChangeCodec.encode(changes)).isEqualTo(bytes);
        } catch (CborException e) {
            assertThat(e).message().isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "30s")
    void inflatesNoMoreThanItMay(byte[] bytes) {
        try {
            assertThat(Deflated.inflate(bytes, 1_000)).hasSizeLessThanOrEqualTo(1_000);
        } catch (CborException e) {
            assertThat(e).message().isNotBlank();
        }
    }
}
