package io.gatehouse.biometrics.picture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Whatever the bytes, a header is read or none is found, without reading beyond them; with the environment variable
 * JAZZER_FUZZ=1 new ones are looked for.
 */
class PictureHeaderFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void readsAHeaderOrFindsNone(byte[] bytes) {
        PictureHeader.read(bytes).ifPresent(header -> {
            assertThat(header.width()).isNotNegative();
            assertThat(header.height()).isNotNegative();
        });
    }
}
