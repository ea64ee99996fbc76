package io.gatehouse.codes.symbol.hard;

import io.gatehouse.core.frame.Frame;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A grey picture in floating point, 0 to 255, and what optics, sensor and compression do to it. Not thread-safe. */
final class Canvas {
    final int width;
    final int height;
    float[] grey;

    Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        this.grey = new float[width * height];
    }

    float at(int x, int y) {
        return grey[Math.max(0, Math.min(height - 1, y)) * width + Math.max(0, Math.min(width - 1, x))];
    }

    void set(int x, int y, double value) {
        if (x >= 0 && y >= 0 && x < width && y < height) {
            grey[y * width + x] = (float) value;
        }
    }

    /** Gaussian blur. */
    void blur(double sigma) {
        if (sigma <= 0) {
            return;
        }
        int reach = (int) Math.ceil(3 * sigma);
        float[] kernel = new float[2 * reach + 1];
        float sum = 0;
        for (int i = -reach; i <= reach; i++) {
            kernel[i + reach] = (float) Math.exp(-i * i / (2 * sigma * sigma));
            sum += kernel[i + reach];
        }
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] /= sum;
        }
        alongLine(kernel, reach, 1, 0);
        alongLine(kernel, reach, 0, 1);
    }

    /** The mean along a line of this length. */
    void smear(double length, double angle) {
        int steps = Math.max(2, (int) Math.round(length * 2));
        float[] smeared = new float[grey.length];
        for (int i = 0; i < steps; i++) {
            double along = ((double) i / (steps - 1) - 0.5) * length;
            addShifted(smeared, along * Math.cos(angle), along * Math.sin(angle), 1f / steps);
        }
        grey = smeared;
    }

    private void addShifted(float[] sum, double byX, double byY, float weight) {
        int wholeX = (int) Math.floor(byX);
        int wholeY = (int) Math.floor(byY);
        float partX = (float) (byX - wholeX);
        float partY = (float) (byY - wholeY);
        for (int y = 0, to = 0; y < height; y++) {
            for (int x = 0; x < width; x++, to++) {
                float upper = at(x + wholeX, y + wholeY) * (1 - partX) + at(x + wholeX + 1, y + wholeY) * partX;
                float lower = at(x + wholeX, y + wholeY + 1) * (1 - partX) + at(x + wholeX + 1, y + wholeY + 1) * partX;
                sum[to] += weight * (upper * (1 - partY) + lower * partY);
            }
        }
    }

    private void alongLine(float[] kernel, int reach, int stepX, int stepY) {
        float[] blurred = new float[grey.length];
        for (int y = 0, to = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float sum = 0;
                for (int i = -reach; i <= reach; i++) {
                    sum += kernel[i + reach] * at(x + i * stepX, y + i * stepY);
                }
                blurred[to++] = sum;
            }
        }
        grey = blurred;
    }

    void noise(double sigma, double lost, SplittableRandom random) {
        for (int i = 0; i < grey.length; i++) {
            double normal = random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble() - 2;
            grey[i] += (float) (sigma * normal * Math.sqrt(3));
            if (random.nextDouble() < lost) {
                grey[i] = random.nextBoolean() ? 0 : 255;
            }
        }
    }

    /** As a camera gives it, through JPEG of this quality. */
    Frame toFrame(float jpegQuality, String source) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.max(0, Math.min(255, Math.round(grey[i])));
        }
        try {
            return Frame.of(throughJpeg(image, jpegQuality), Instant.EPOCH, source);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    private static BufferedImage throughJpeg(BufferedImage image, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
