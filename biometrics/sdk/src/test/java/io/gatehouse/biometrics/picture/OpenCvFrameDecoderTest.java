package io.gatehouse.biometrics.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.frame.FrameDecoder.Decoded;
import io.gatehouse.core.frame.FrameDecoder.Decoding;
import io.gatehouse.core.frame.FrameLimits;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class OpenCvFrameDecoderTest {
    private static final long SEED = 11;
    private final OpenCvFrameDecoder decoder = OpenCvFrameDecoder.create(FrameLimits.DEFAULT);

    @Test
    void decodesWhatItIsGiven() throws IOException {
        for (String format : new String[] {"png", "bmp", "jpg"}) {
            Frame frame = frame(decode(picture(80, 48, format)));
            assertThat(frame.width()).as(format).isEqualTo(80);
            assertThat(frame.height()).as(format).isEqualTo(48);
            assertThat(frame.toBgr()[0] & 0xFF).as(format + " blue").isLessThan(40);
            assertThat(frame.toBgr()[2] & 0xFF).as(format + " red").isGreaterThan(200);
        }
    }

    @Test
    void turnsAPictureAsItsExifOrientationSays() throws IOException {
        byte[] jpeg = picture(80, 48, "jpg");
        byte[] exif = exifWithOrientation(6);
        ByteArrayOutputStream turned = new ByteArrayOutputStream();
        turned.write(jpeg, 0, 2);
        turned.write(exif);
        turned.write(jpeg, 2, jpeg.length - 2);
        Frame frame = frame(decode(turned.toByteArray()));
        assertThat(frame.width()).isEqualTo(48);
        assertThat(frame.height()).isEqualTo(80);
    }

    @Test
    void refusesByTheHeaderBeforeDecoding() throws IOException {
        assertThat(code(decode(picture(1, 1, "png")))).isEqualTo("frame.too-small");
        assertThat(code(decode(picture(31, 200, "jpg")))).isEqualTo("frame.too-small");
        // Only the header claims 50 megapixels; a decoder that believed it would reserve 150 MB first.
        byte[] large = picture(64, 64, "png");
        ByteBuffer.wrap(large).putInt(16, 10_000).putInt(20, 5_000);
        assertThat(code(decode(large))).isEqualTo("frame.too-many-pixels");
        ByteBuffer.wrap(large).putInt(16, -1).putInt(20, -1);
        assertThat(code(decode(large))).isEqualTo("frame.too-many-pixels");
        ByteBuffer.wrap(large).putInt(16, 30_000).putInt(20, 30_000);
        assertThat(code(decode(large))).isEqualTo("frame.too-many-pixels");
    }

    @Test
    void refusesWhatIsNoPicture() {
        assertThat(code(decode(new byte[0]))).isEqualTo("frame.empty");
        assertThat(code(decode("hello".getBytes(StandardCharsets.UTF_8)))).isEqualTo("frame.not-a-picture");
        OpenCvFrameDecoder small = OpenCvFrameDecoder.create(new FrameLimits(100, 1_000_000, 32));
        assertThat(code(small.decode(new byte[101], Instant.EPOCH, "a.jpg"))).isEqualTo("frame.too-many-bytes");
    }

    @Test
    void answersForEveryTruncation() throws IOException {
        for (String format : new String[] {"png", "bmp", "jpg"}) {
            byte[] whole = picture(40, 40, format);
            for (int length = 0; length < whole.length; length += length < 700 ? 1 : 61) {
                assertThat(code(decode(Arrays.copyOf(whole, length))))
                        .as("%s of %d bytes", format, length)
                        .startsWith("frame.");
            }
        }
    }

    @Test
    void answersForFlippedBits() throws IOException {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (String format : new String[] {"png", "bmp", "jpg"}) {
            byte[] whole = picture(40, 40, format);
            for (int round = 0; round < 400; round++) {
                byte[] bent = whole.clone();
                for (int flip = 0; flip <= round % 4; flip++) {
                    bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));
                }
                assertThat(decode(bent)).isNotNull();
            }
        }
    }

    private Decoding decode(byte[] bytes) {
        return decoder.decode(bytes, Instant.EPOCH, "a picture");
    }

    private static Frame frame(Decoding decoding) {
        return decoding.fold(Decoded::frame, refused -> {
            throw new AssertionError(refused.reason().toString());
        });
    }

    private static String code(Decoding decoding) {
        return decoding.fold(decoded -> "decoded", refused -> refused.reason().code());
    }

    private static byte[] picture(int width, int height, String format) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    private static byte[] exifWithOrientation(int orientation) {
        ByteBuffer segment = ByteBuffer.allocate(36);
        segment.putShort((short) 0xFFE1).putShort((short) 34);
        segment.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        segment.put("MM".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 42)
                .putInt(8);
        segment.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
        segment.putShort((short) orientation).putShort((short) 0).putInt(0);
        return segment.array();
    }
}
