package io.gatehouse.codes.bundle;

import static io.gatehouse.codes.bundle.Bundles.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.codes.internal.cbor.CborException;
import java.time.Duration;

/** Whatever a gate is brought as a bundle, it answers; with the environment variable JAZZER_FUZZ=1 new bytes are looked for. */
class BundleFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void refusesWhatItsKeyDidNotSign(byte[] bytes) {
        BundleVerifier verifier = new BundleVerifier(Duration.ofSeconds(30));
        assertThat(verifier.verify(bytes, new Pin(Bundles.pinned(Bundles.key(99)), 0), 0, new byte[0], NOON)
                        .why())
                .isPresent();
    }

    @FuzzTest(maxDuration = "30s")
    void aPayloadThatIsReadIsTheOneEncodingOfItsBundle(byte[] bytes) {
        try {
            assertThat(BundleCodec.encode(BundleCodec.decode(bytes))).isEqualTo(bytes);
        } catch (CborException e) {
            assertThat(e).message().isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "30s")
    void readsOrRefusesAnyChangeOfKeys(byte[] bytes) {
        try {
            assertThat(KeyChange.read(bytes).next()).isNotNull();
        } catch (CborException e) {
            assertThat(e).message().isNotBlank();
        }
    }
}
