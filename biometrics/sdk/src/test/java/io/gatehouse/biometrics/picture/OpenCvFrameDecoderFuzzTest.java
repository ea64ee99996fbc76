package io.gatehouse.biometrics.picture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.core.frame.FrameLimits;
import java.time.Instant;

/**
 * The whole way of a file through header, limits and OpenCV: whatever the bytes, there is a frame inside the limits or a
 * refusal in words. Without JAZZER_FUZZ=1 it runs the kept seeds: small pictures of each kind, with EXIF and cut.
 */
class OpenCvFrameDecoderFuzzTest {
    private static final FrameLimits LIMITS = new FrameLimits(1 << 20, 1_000_000, 1);

    @FuzzTest(maxDuration = "60s")
    void decodesOrRefuses(byte[] bytes) {
        OpenCvFrameDecoder.create(LIMITS)
                .decode(bytes, Instant.EPOCH, "fuzz")
                .fold(
                        decoded -> {
                            long pixels = (long) decoded.frame().width()
                                    * decoded.frame().height();
                            assertThat(pixels).isPositive().isLessThanOrEqualTo(LIMITS.maxPixels());
                            return true;
                        },
                        refused -> {
                            assertThat(refused.reason().text()).contains("fuzz");
                            return false;
                        });
    }
}
