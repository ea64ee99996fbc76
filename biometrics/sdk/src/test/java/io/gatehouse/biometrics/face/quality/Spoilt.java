package io.gatehouse.biometrics.face.quality;

import io.gatehouse.core.frame.Frame;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.util.Arrays;

/** What goes wrong with photographs, done on purpose. */
final class Spoilt {
    private Spoilt() {}

    /** A box blur, twice. */
    static Frame blurred(Frame frame, int width) {
        float[] weights = new float[width * width];
        Arrays.fill(weights, 1f / weights.length);
        ConvolveOp blur = new ConvolveOp(new Kernel(width, width, weights), ConvolveOp.EDGE_NO_OP, null);
        return Frame.of(blur.filter(blur.filter(frame.toImage(), null), null), frame.capturedAt(), frame.source());
    }

    /** Every channel times a factor, plus an offset. */
    static Frame brightened(Frame frame, double factor, double offset) {
        byte[] pixels = frame.toBgr();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.max(0, Math.min(255, Math.round((pixels[i] & 0xFF) * factor + offset)));
        }
        return Frame.ofBgr(frame.width(), frame.height(), pixels, frame.capturedAt(), frame.source());
    }

    static Frame shrunk(Frame frame, double scale) {
        int width = (int) (frame.width() * scale);
        int height = (int) (frame.height() * scale);
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        var graphics = small.createGraphics();
        graphics.drawImage(frame.toImage().getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        graphics.dispose();
        return Frame.of(small, frame.capturedAt(), frame.source());
    }

    /** Clockwise round the middle. */
    static Frame turned(Frame frame, double degrees) {
        BufferedImage turned = new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_3BYTE_BGR);
        var graphics = turned.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.rotate(Math.toRadians(degrees), frame.width() / 2.0, frame.height() / 2.0);
        graphics.drawImage(frame.toImage(), 0, 0, null);
        graphics.dispose();
        return Frame.of(turned, frame.capturedAt(), frame.source());
    }
}
