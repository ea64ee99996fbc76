package io.gatehouse.core.frame;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;

/**
 * An immutable colour picture: 8 bits a channel, blue-green-red, rows from the top without padding (the order that
 * cameras and OpenCV use), with the time and the source of its capture. Thread-safe. Pixels are copied in and out;
 * {@link #pixels()} is a read-only view without a copy.
 */
public final class Frame {
    /** Bytes a pixel. */
    public static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final byte[] bgr;
    private final Instant capturedAt;
    private final String source;

    private Frame(int width, int height, byte[] bgr, Instant capturedAt, String source) {
        this.width = width;
        this.height = height;
        this.bgr = bgr;
        this.capturedAt = Objects.requireNonNull(capturedAt, "capturedAt");
        this.source = Objects.requireNonNull(source, "source");
    }

    /**
     * A frame from interleaved blue-green-red bytes.
     *
     * @throws IllegalArgumentException if a side is not positive or {@code bgr} has not width × height × 3 bytes
     */
    public static Frame ofBgr(int width, int height, byte[] bgr, Instant capturedAt, String source) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a frame has at least 1×1 pixels, not " + width + "×" + height);
        }
        long expected = (long) width * height * CHANNELS;
        if (bgr.length != expected) {
            throw new IllegalArgumentException(
                    "a frame of " + width + "×" + height + " pixels needs " + expected + " bytes, got " + bgr.length);
        }
        return new Frame(width, height, bgr.clone(), capturedAt, source);
    }

    /** A frame from a Java image; transparency is laid over white. */
    public static Frame of(BufferedImage image, Instant capturedAt, String source) {
        BufferedImage bgrImage = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        var graphics = bgrImage.createGraphics();
        try {
            graphics.setColor(java.awt.Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.drawImage(image, 0, 0, null);
        } finally {
            graphics.dispose();
        }
        byte[] data = ((DataBufferByte) bgrImage.getRaster().getDataBuffer()).getData();
        return new Frame(image.getWidth(), image.getHeight(), data, capturedAt, source);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public Instant capturedAt() {
        return capturedAt;
    }

    public String source() {
        return source;
    }

    /** The pixels, blue-green-red, as a read-only view. */
    public ByteBuffer pixels() {
        return ByteBuffer.wrap(bgr).asReadOnlyBuffer();
    }

    /** A copy of the pixels, blue-green-red. */
    public byte[] toBgr() {
        return bgr.clone();
    }

    /** The brightness of each pixel (ITU-R BT.601 weights), one byte a pixel, rows from the top. */
    public byte[] luminance() {
        byte[] luminance = new byte[width * height];
        for (int pixel = 0, at = 0; pixel < luminance.length; pixel++, at += CHANNELS) {
            int blue = bgr[at] & 0xFF;
            int green = bgr[at + 1] & 0xFF;
            int red = bgr[at + 2] & 0xFF;
            luminance[pixel] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
        }
        return luminance;
    }

    /** A copy as a Java image of type {@link BufferedImage#TYPE_3BYTE_BGR}. */
    public BufferedImage toImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] data = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        System.arraycopy(bgr, 0, data, 0, bgr.length);
        return image;
    }

    @Override
    public String toString() {
        return "Frame[" + width + "×" + height + ", " + capturedAt + ", " + source + "]";
    }
}
