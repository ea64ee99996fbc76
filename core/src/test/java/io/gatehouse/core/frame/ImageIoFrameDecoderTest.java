package io.gatehouse.core.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.core.frame.FrameDecoder.Decoding;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageIoFrameDecoderTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final FrameDecoder DECODER = ImageIoFrameDecoder.create(FrameLimits.DEFAULT);
    private static final int WIDTH_IN_PNG = 16;
    private static final int HEIGHT_IN_PNG = 20;

    private static byte[] encoded(String format, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, new Color(x * 3 % 256, y * 5 % 256, (x + y) % 256).getRGB());
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    private static String code(byte[] bytes) {
        return decode(bytes, DECODER);
    }

    private static String decode(byte[] bytes, FrameDecoder decoder) {
        Decoding decoding = decoder.decode(bytes, NOW, "test picture");
        return decoding.fold(
                decoded -> decoded.frame().width() + "x" + decoded.frame().height(),
                refused -> refused.reason().code());
    }

    /** A PNG whose header claims other dimensions, with its checksum put right. */
    private static byte[] claiming(byte[] png, int width, int height) {
        ByteBuffer bytes = ByteBuffer.wrap(png.clone());
        bytes.putInt(WIDTH_IN_PNG, width).putInt(HEIGHT_IN_PNG, height);
        CRC32 crc = new CRC32();
        crc.update(bytes.array(), 12, 17);
        bytes.putInt(29, (int) crc.getValue());
        return bytes.array();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "bmp", "gif"})
    void decodesTheFormatsOfTheJdk(String format) throws IOException {
        assertThat(code(encoded(format, 64, 48))).isEqualTo("64x48");
    }

    @Test
    void keepsPixelsTimeAndSource() throws IOException {
        Frame frame = DECODER.decode(encoded("png", 40, 32), NOW, "north camera")
                .fold(FrameDecoder.Decoded::frame, refused -> {
                    throw new AssertionError(refused.reason());
                });
        assertThat(frame.capturedAt()).isEqualTo(NOW);
        assertThat(frame.source()).isEqualTo("north camera");
        int pixel = (7 * 40 + 9) * Frame.CHANNELS;
        byte[] bgr = frame.toBgr();
        assertThat(new int[] {bgr[pixel] & 0xFF, bgr[pixel + 1] & 0xFF, bgr[pixel + 2] & 0xFF})
                .containsExactly(16, 35, 27);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "bmp", "gif"})
    void answersEveryTruncationWithAReasonOrAPicture(String format) throws IOException {
        byte[] whole = encoded(format, 48, 40);
        for (int length = 0; length < whole.length; length++) {
            assertThat(code(Arrays.copyOf(whole, length)))
                    .as(format + " cut to " + length)
                    .matches("48x40|frame\\.(empty|broken|not-a-picture)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "bmp", "gif"})
    void answersFlippedBitsWithAReasonOrAPicture(String format) throws IOException {
        byte[] whole = encoded(format, 48, 40);
        long seed = 7;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            byte[] flipped = whole.clone();
            int at = random.nextInt(whole.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(code(flipped))
                    .as(format + " byte " + at + " seed " + seed)
                    .matches("\\d+x\\d+|frame\\.[a-z-]+");
        }
    }

    @Test
    void refusesHugeDimensionsByTheHeaderAlone() throws IOException {
        byte[] png = encoded("png", 40, 40);
        assertThat(code(claiming(png, 10_000, 5_000))).isEqualTo("frame.too-many-pixels");
        assertThat(code(claiming(png, Integer.MAX_VALUE, Integer.MAX_VALUE))).isEqualTo("frame.too-many-pixels");
        assertThat(code(claiming(png, 40, -1))).startsWith("frame.");
        assertThat(code(claiming(png, 40, 0))).startsWith("frame.");
    }

    @Test
    void refusesWhatIsTooSmallEmptyOrNoPicture() throws IOException {
        assertThat(code(encoded("png", 1, 1))).isEqualTo("frame.too-small");
        assertThat(code(encoded("png", 400, 31))).isEqualTo("frame.too-small");
        assertThat(code(encoded("png", 32, 32))).isEqualTo("32x32");
        assertThat(code(new byte[0])).isEqualTo("frame.empty");
        assertThat(code(new byte[100])).isEqualTo("frame.not-a-picture");
    }

    @Test
    void writesNoPictureToTheTemporaryFolder(@TempDir Path cache) throws IOException {
        byte[] png = encoded("png", 40, 40);
        File before = ImageIO.getCacheDirectory();
        ImageIO.setCacheDirectory(cache.toFile());
        try {
            // A folder that takes no file: whoever caches on disk fails here.
            Files.delete(cache);
            assertThat(code(png)).isEqualTo("40x40");
            assertThat(cache).doesNotExist();
        } finally {
            Files.createDirectories(cache);
            ImageIO.setCacheDirectory(before);
        }
    }

    @Test
    void refusesAFileOfTooManyBytes() throws IOException {
        byte[] png = encoded("png", 40, 40);
        FrameDecoder narrow = ImageIoFrameDecoder.create(new FrameLimits(png.length - 1L, 10_000, 1));
        assertThat(decode(png, narrow)).isEqualTo("frame.too-many-bytes");
        FrameDecoder exact = ImageIoFrameDecoder.create(new FrameLimits(png.length, 1_600, 40));
        assertThat(decode(png, exact)).isEqualTo("40x40");
        assertThatIllegalArgumentException().isThrownBy(() -> new FrameLimits(0, 1, 1));
    }
}
