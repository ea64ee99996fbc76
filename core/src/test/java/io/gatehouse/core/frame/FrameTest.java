package io.gatehouse.core.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.nio.ReadOnlyBufferException;
import java.time.Instant;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @Test
    void copiesPixelsInAndOut() {
        byte[] bgr = {1, 2, 3, 4, 5, 6};
        Frame frame = Frame.ofBgr(2, 1, bgr, NOW, "camera");
        bgr[0] = 99;
        frame.toBgr()[1] = 99;
        frame.toImage().setRGB(0, 0, 0);
        assertThat(frame.toBgr()).containsExactly(1, 2, 3, 4, 5, 6);
        Assertions.assertThatThrownBy(() -> frame.pixels().put(0, (byte) 9))
                .isInstanceOf(ReadOnlyBufferException.class);
        assertThat(Frame.of(frame.toImage(), NOW, "camera").toBgr()).isEqualTo(frame.toBgr());
        assertThat(frame).hasToString("Frame[2×1, 2026-03-01T08:00:00Z, camera]");
    }

    @Test
    void refusesBytesThatDoNotFitTheDimensions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Frame.ofBgr(2, 2, new byte[11], NOW, "camera"))
                .withMessageContaining("12")
                .withMessageContaining("11");
        assertThatIllegalArgumentException().isThrownBy(() -> Frame.ofBgr(0, 2, new byte[0], NOW, "camera"));
        assertThatIllegalArgumentException().isThrownBy(() -> Frame.ofBgr(-1, -1, new byte[3], NOW, "camera"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Frame.ofBgr(1 << 16, 1 << 16, new byte[0], NOW, "camera"));
    }

    @Test
    void weighsBrightnessAsBt601() {
        Frame frame = Frame.ofBgr(5, 1, new byte[] {0, 0, 0, -1, -1, -1, -1, 0, 0, 0, -1, 0, 0, 0, -1}, NOW, "camera");
        assertThat(frame.luminance()).containsExactly(0, (byte) 255, (byte) 29, (byte) 150, (byte) 76);
    }

    @Test
    void laysTransparencyOverWhite() {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        assertThat(Frame.of(image, NOW, "camera").toBgr()).containsExactly(-1, -1, -1);
    }
}
