package io.gatehouse.biometrics.face.track;

import io.gatehouse.core.frame.Frame;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;

/** Frames as a poor camera gives them of a person who moves: shifted, tilted, far, blurred, dark and noisy by chance. */
final class Degraded {
    private Degraded() {}

    static Frame of(Frame frame, RandomGenerator random) {
        int width = frame.width();
        int height = frame.height();
        double far = 0.2 + 0.5 * random.nextDouble();
        BufferedImage small = image((int) (width * far), (int) (height * far));
        AffineTransform shake = AffineTransform.getScaleInstance(far, far);
        shake.rotate(Math.toRadians(6 * random.nextGaussian()), width / 2.0, height / 2.0);
        shake.translate(4 * random.nextGaussian(), 4 * random.nextGaussian());
        draw(frame.toImage(), small, shake);
        BufferedImage large = image(width, height);
        draw(small, large, AffineTransform.getScaleInstance(1 / far, 1 / far));
        double light = 0.6 + 0.6 * random.nextDouble();
        double noise = 18 * random.nextDouble();
        byte[] bytes = Frame.of(large, frame.capturedAt(), frame.source()).toBgr();
        for (int i = 0; i < bytes.length; i++) {
            double value = (bytes[i] & 0xFF) * light + noise * random.nextGaussian();
            bytes[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
        }
        return Frame.ofBgr(width, height, bytes, frame.capturedAt(), frame.source());
    }

    private static BufferedImage image(int width, int height) {
        return new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    }

    private static void draw(BufferedImage from, BufferedImage to, AffineTransform transform) {
        var graphics = to.createGraphics();
        graphics.setColor(Color.GRAY);
        graphics.fillRect(0, 0, to.getWidth(), to.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(from, transform, null);
        graphics.dispose();
    }
}
