package io.gatehouse.core.frame;

import io.gatehouse.core.frame.FrameDecoder.Decoding;
import io.gatehouse.core.reason.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes PNG, JPEG, GIF and BMP with the JDK's own {@link ImageIO}: no native library, slower than OpenCV. Width and
 * height are read from the header and held against the limits before a pixel is decoded. Nothing is written to disk, and
 * EXIF orientation is not applied. Immutable and thread-safe.
 */
public final class ImageIoFrameDecoder implements FrameDecoder {
    private final FrameLimits limits;

    private ImageIoFrameDecoder(FrameLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    public static ImageIoFrameDecoder create(FrameLimits limits) {
        return new ImageIoFrameDecoder(limits);
    }

    @Override
    public Decoding decode(byte[] encoded, Instant capturedAt, String source) {
        if (encoded.length == 0) {
            return refused("frame.empty", source + " is empty: give a PNG or JPEG file");
        }
        if (encoded.length > limits.maxBytes()) {
            return refused(
                    "frame.too-many-bytes",
                    source + " has " + encoded.length + " bytes, the limit is " + limits.maxBytes()
                            + ": save the picture smaller");
        }
        // Not ImageIO.createImageInputStream: that one may write the picture to a temporary file.
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                return refused(
                        "frame.not-a-picture", source + " is not a picture this can read: give a PNG or JPEG file");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(input, true, true);
                return decode(reader, capturedAt, source);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // ImageIO's readers answer broken input with many kinds of runtime exceptions.
            return refused(
                    "frame.broken",
                    source + " is a broken picture (" + e.getClass().getSimpleName()
                            + "): save or photograph it again");
        }
    }

    private Decoding decode(ImageReader reader, Instant capturedAt, String source) throws IOException {
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width * height > limits.maxPixels()) {
            return refused(
                    "frame.too-many-pixels",
                    source + " has " + width + "×" + height + " pixels, the limit is " + limits.maxPixels()
                            + " in all: scale it down");
        }
        if (Math.min(width, height) < limits.minSide()) {
            return refused(
                    "frame.too-small",
                    source + " has " + width + "×" + height + " pixels, a side needs at least " + limits.minSide()
                            + ": use a larger picture");
        }
        BufferedImage image = reader.read(0);
        return new Decoded(Frame.of(image, capturedAt, source));
    }

    private static Decoding refused(String code, String text) {
        return new Refused(Reason.of(code, text));
    }
}
