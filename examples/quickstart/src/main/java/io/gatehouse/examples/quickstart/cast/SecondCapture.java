package io.gatehouse.examples.quickstart.cast;

import io.gatehouse.core.frame.Frame;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.awt.image.RescaleOp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.random.RandomGenerator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Simulates that a person is photographed a second time: another scale, a tilted head, other light, less sharp, and
 * pressed through JPEG once more. It is easier than a real second photograph, and the output says so. Used by one
 * thread; the same random numbers give the same picture.
 */
final class SecondCapture {
    private static final double MIN_SCALE = 0.8;
    private static final double MAX_SCALE = 1.25;
    private static final double MAX_TILT_DEGREES = 7;
    private static final double MIN_LIGHT = 0.75;
    private static final double MAX_LIGHT = 1.2;
    private static final double MIN_JPEG_QUALITY = 0.55;
    private static final double MAX_JPEG_QUALITY = 0.85;

    private final RandomGenerator random;

    SecondCapture(RandomGenerator random) {
        this.random = random;
    }

    Frame of(Frame first) {
        BufferedImage turned = scaledAndTilted(first.toImage());
        BufferedImage lit = relit(turned);
        BufferedImage blurred = blurred(lit);
        return Frame.of(throughJpeg(blurred), first.capturedAt(), first.source() + " (second capture, simulated)");
    }

    private BufferedImage scaledAndTilted(BufferedImage image) {
        double scale = random.nextDouble(MIN_SCALE, MAX_SCALE);
        double tilt = Math.toRadians(random.nextDouble(-MAX_TILT_DEGREES, MAX_TILT_DEGREES));
        // Only the middle is kept: a tilted picture's empty corners would look like the edges of a print held up.
        double kept = Math.cos(tilt) - Math.abs(Math.sin(tilt));
        int width = (int) Math.round(image.getWidth() * scale * kept);
        int height = (int) Math.round(image.getHeight() * scale * kept);
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = result.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            AffineTransform transform = new AffineTransform();
            transform.translate(width / 2.0, height / 2.0);
            transform.rotate(tilt);
            transform.scale(scale, scale);
            transform.translate(-image.getWidth() / 2.0, -image.getHeight() / 2.0);
            graphics.drawImage(image, transform, null);
        } finally {
            graphics.dispose();
        }
        return result;
    }

    private BufferedImage relit(BufferedImage image) {
        float light = (float) random.nextDouble(MIN_LIGHT, MAX_LIGHT);
        return new RescaleOp(light, 0, null).filter(image, null);
    }

    private BufferedImage blurred(BufferedImage image) {
        float side = (float) random.nextDouble(0.02, 0.09);
        float middle = 1 - 8 * side;
        float[] weights = {side, side, side, side, middle, side, side, side, side};
        return new ConvolveOp(new Kernel(3, 3, weights), ConvolveOp.EDGE_NO_OP, null).filter(image, null);
    }

    private BufferedImage throughJpeg(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality((float) random.nextDouble(MIN_JPEG_QUALITY, MAX_JPEG_QUALITY));
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), parameters);
            output.flush();
            return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException("a JPEG could not be written to memory", e);
        } finally {
            writer.dispose();
        }
    }
}
