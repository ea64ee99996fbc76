package io.gatehouse.biometrics.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.frame.FrameDecoder.Decoded;
import io.gatehouse.core.frame.FrameDecoder.Decoding;
import io.gatehouse.core.frame.FrameLimits;
import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;

/** Pictures that phones, scanners and other people's programs make. */
class StrangePicturesTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    private final OpenCvFrameDecoder decoder = OpenCvFrameDecoder.create(FrameLimits.DEFAULT);

    @Test
    void turnsAPictureUprightForEachOfTheEightOrientations() throws IOException {
        // The upper left quarter is red. Where EXIF 2.32 (table 6) puts it: right and lower are true.
        boolean[][] redAt = {
            {false, false}, {true, false}, {true, true}, {false, true},
            {false, false}, {true, false}, {true, true}, {false, true}
        };
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            for (int orientation = 1; orientation <= 8; orientation++) {
                Frame frame = frame(decode(withExif(jpeg(), exif(order, orientation))));
                boolean isTurned = orientation >= 5;
                assertThat(frame.width()).as("width, %d", orientation).isEqualTo(isTurned ? HEIGHT : WIDTH);
                assertThat(frame.height()).as("height, %d", orientation).isEqualTo(isTurned ? WIDTH : HEIGHT);
                for (int quarter = 0; quarter < 4; quarter++) {
                    boolean right = (quarter & 1) == 1;
                    boolean lower = quarter >> 1 == 1;
                    boolean isRed = redAt[orientation - 1][0] == right && redAt[orientation - 1][1] == lower;
                    int x = frame.width() / 4 + (right ? frame.width() / 2 : 0);
                    int y = frame.height() / 4 + (lower ? frame.height() / 2 : 0);
                    assertThat(isRed(frame, x, y))
                            .as("orientation %d, right %s, lower %s", orientation, right, lower)
                            .isEqualTo(isRed);
                }
            }
        }
    }

    @Test
    void refusesAFrameHeaderThatDecodersFindAndOthersJumpOver() throws IOException {
        byte[] small = jpeg();
        byte[] huge = {(byte) 0xFF, (byte) 0xC0, 0, 17, 8, 0x4E, 0x20, 0x4E, 0x20, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1
        };
        // Stuffing, reserved markers, a second start and an end: none of them is a segment with a length to a decoder.
        for (int marker : new int[] {0x00, 0x02, 0xBF, 0xD8, 0xD9, 0xDE, 0xDF, 0xF0, 0xFD}) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.write(small, 0, 2);
            file.write(new byte[] {(byte) 0xFF, (byte) marker, 0, (byte) (2 + huge.length)});
            file.write(huge);
            file.write(small, 2, small.length - 2);
            String code = decode(file.toByteArray())
                    .fold(decoded -> "decoded", refused -> refused.reason().code());
            assertThat(code).as("%02X", marker).isEqualTo("frame.not-a-picture");
        }
    }

    @Test
    void knowsADecodedPictureOfAnotherSizeThanTheHeaderSays() {
        PictureHeader header = new PictureHeader(PictureHeader.Format.JPEG, WIDTH, HEIGHT);
        assertThat(header.isOf(WIDTH, HEIGHT)).isTrue();
        assertThat(header.isOf(HEIGHT, WIDTH)).isTrue();
        assertThat(header.isOf(WIDTH, WIDTH)).isFalse();
        assertThat(header.isOf(WIDTH + 1, HEIGHT)).isFalse();
    }

    @Test
    void leavesAWrongOrientationOutOfAccount() throws IOException {
        for (int orientation : new int[] {0, 9, 255, 0x0600, 0xFFFF}) {
            Frame frame = frame(decode(withExif(jpeg(), exif(ByteOrder.BIG_ENDIAN, orientation))));
            assertThat(frame.width()).as("%d", orientation).isEqualTo(WIDTH);
            assertThat(isRed(frame, 10, 10)).as("%d", orientation).isTrue();
        }
    }

    @Test
    void survivesExifThatLies() throws IOException {
        byte[] good = exif(ByteOrder.BIG_ENDIAN, 6);
        // Every byte of it in turn is made the largest, so that counts and offsets lead out of the segment; and it is
        // cut.
        for (int at = 4; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] = (byte) 0xFF;
            assertThat(decode(withExif(jpeg(), bad))).isInstanceOf(Decoded.class);
        }
        for (int length = 4; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            ByteBuffer.wrap(cut).putShort(2, (short) (length - 2));
            assertThat(decode(withExif(jpeg(), cut))).isInstanceOf(Decoded.class);
        }
    }

    @Test
    void readsCmykAndYcck() throws IOException {
        byte[] cmyk = cmyk();
        assertThat(frame(decode(cmyk)).width()).isEqualTo(WIDTH);
        for (int transform : new int[] {0, 2}) {
            Frame frame = frame(decode(withSegment(cmyk, adobe(transform))));
            assertThat(frame.height()).as("transform %d", transform).isEqualTo(HEIGHT);
        }
    }

    @Test
    void readsSixteenBitsGreyAndTransparency() throws IOException {
        BufferedImage grey16 = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_USHORT_GRAY);
        grey16.getRaster().setSample(3, 2, 0, 0x8000);
        Frame frame = frame(decode(written(grey16, "png")));
        assertThat(frame.toBgr()[3 * (2 * WIDTH + 3)] & 0xFF).isBetween(126, 130);

        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, WIDTH, HEIGHT, 3, null);
        raster.setSample(1, 1, 0, 0xFFFF);
        ComponentColorModel colours = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, 1, DataBuffer.TYPE_USHORT);
        Frame colour16 = frame(decode(written(new BufferedImage(colours, raster, false, null), "png")));
        assertThat(isRed(colour16, 1, 1)).isTrue();

        BufferedImage alpha = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
        alpha.setRGB(2, 2, 0x80FF0000);
        assertThat(isRed(frame(decode(written(alpha, "png"))), 2, 2)).isTrue();

        BufferedImage grey = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        assertThat(frame(decode(written(grey, "jpg"))).width()).isEqualTo(WIDTH);
        BufferedImage palette = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY);
        assertThat(frame(decode(written(palette, "png"))).width()).isEqualTo(WIDTH);
    }

    @Test
    void refusesOtherKindsByTheirNames() throws IOException {
        assertThat(refusal(written(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB), "gif")))
                .contains("frame.format")
                .contains("GIF");
        Map<String, String> beginnings = Map.of(
                "RIFF\0\0\0\0WEBPVP8 ", "WebP",
                "II*\0\b\0\0\0", "TIFF",
                "MM\0*\0\0\0\b", "TIFF",
                "\0\0\0 ftypavif", "AVIF",
                "\0\0\0\fjP  \r\n", "JPEG 2000",
                "\u00FF\n\0\0\0\0", "JPEG XL");
        beginnings.forEach((beginning, name) -> assertThat(
                        refusal(Arrays.copyOf(beginning.getBytes(StandardCharsets.ISO_8859_1), 200)))
                .contains("frame.format")
                .contains(name));
    }

    @Test
    void refusesAPngThatMoves() throws IOException {
        byte[] png = written(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB), "png");
        ByteBuffer chunk = ByteBuffer.allocate(20);
        chunk.putInt(8)
                .put("acTL".getBytes(StandardCharsets.US_ASCII))
                .putInt(2)
                .putInt(0);
        CRC32 sum = new CRC32();
        sum.update(chunk.array(), 4, 12);
        chunk.putInt((int) sum.getValue());
        ByteArrayOutputStream moving = new ByteArrayOutputStream();
        moving.write(png, 0, 33);
        moving.write(chunk.array());
        moving.write(png, 33, png.length - 33);
        assertThat(refusal(moving.toByteArray())).contains("frame.animated");
    }

    @Test
    void refusesAPictureThatIsCutShortAlsoWhereItHasAThumbnail() throws IOException {
        byte[] thumbnail = jpeg();
        byte[] segment = new byte[4 + thumbnail.length];
        ByteBuffer.wrap(segment)
                .putShort((short) 0xFFE1)
                .putShort((short) (segment.length - 2))
                .put(thumbnail);
        byte[] whole = withSegment(jpeg(), segment);
        assertThat(decode(whole)).isInstanceOf(Decoded.class);
        assertThat(refusal(Arrays.copyOf(whole, whole.length - 20))).contains("frame.cut-short");
        byte[] withMore = Arrays.copyOf(whole, whole.length + 100);
        assertThat(decode(withMore)).isInstanceOf(Decoded.class);
    }

    private String refusal(byte[] file) {
        return decode(file)
                .fold(decoded -> "decoded", refused -> refused.reason().toString());
    }

    private Decoding decode(byte[] bytes) {
        return decoder.decode(bytes, Instant.EPOCH, "a picture");
    }

    private static Frame frame(Decoding decoding) {
        return decoding.fold(Decoded::frame, refused -> {
            throw new AssertionError(refused.reason().toString());
        });
    }

    private static boolean isRed(Frame frame, int x, int y) {
        byte[] bgr = frame.toBgr();
        int at = 3 * (y * frame.width() + x);
        return (bgr[at + 2] & 0xFF) > 180 && (bgr[at] & 0xFF) < 80;
    }

    private static byte[] jpeg() throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.BLUE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, WIDTH / 2, HEIGHT / 2);
        graphics.dispose();
        return written(image, "jpg");
    }

    private static byte[] written(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    /** Four channels without a word about what they are: CMYK. */
    private static byte[] cmyk() throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, WIDTH, HEIGHT, 4, null);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The APP14 segment of Adobe's programs; transform 0 is CMYK, 2 is YCCK. */
    private static byte[] adobe(int transform) {
        ByteBuffer segment = ByteBuffer.allocate(16);
        segment.putShort((short) 0xFFEE).putShort((short) 14);
        segment.put("Adobe".getBytes(StandardCharsets.US_ASCII)).putShort((short) 100);
        segment.putShort((short) 0).putShort((short) 0).put((byte) transform);
        return segment.array();
    }

    private static byte[] withExif(byte[] jpeg, byte[] exif) {
        return withSegment(jpeg, exif);
    }

    private static byte[] withSegment(byte[] jpeg, byte[] segment) {
        byte[] both = new byte[jpeg.length + segment.length];
        System.arraycopy(jpeg, 0, both, 0, 2);
        System.arraycopy(segment, 0, both, 2, segment.length);
        System.arraycopy(jpeg, 2, both, 2 + segment.length, jpeg.length - 2);
        return both;
    }

    private static byte[] exif(ByteOrder order, int orientation) {
        ByteBuffer segment = ByteBuffer.allocate(36);
        segment.putShort((short) 0xFFE1).putShort((short) 34);
        segment.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).order(order);
        segment.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
        segment.putShort((short) 42).putInt(8);
        segment.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
        segment.putShort((short) orientation).putShort((short) 0).putInt(0);
        return segment.array();
    }
}
