package io.gatehouse.codes.symbol;

import io.gatehouse.core.frame.Frame;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A QR code with a logo in its middle, which covers modules: given only if what was drawn still reads, with something to spare. What is
 * tried is the picture itself, at half its size, and with more lost round the logo than it covers. Thread-safe.
 */
public final class QrLogo {
    private static final double MOST = 0.35;
    /** So many modules round the logo are lost too in the trial. */
    private static final int SPARE = 1;

    private final QrOptions options;
    private final QrWriter writer;
    private final QrReader reader;

    private QrLogo(QrOptions options, QrReader reader) {
        this.options = Objects.requireNonNull(options, "options");
        this.writer = QrWriter.create(options);
        this.reader = reader;
    }

    /** Codes of these options; {@link ErrorCorrection#H} leaves most room. */
    public static QrLogo create(QrOptions options) {
        return new QrLogo(options, QrReader.create(QrReaderOptions.DEFAULT));
    }

    /**
     * Draws a code.
     *
     * @param logo  scaled into a square in the middle, with a light margin of half a module
     * @param share the logo's side as a part of the code's, above 0 and at most 0.35
     * @return empty if the code would not surely read: take a smaller logo or more error correction
     */
    public Optional<Frame> draw(String text, Frame logo, double share) {
        if (!(share > 0 && share <= MOST)) {
            throw new IllegalArgumentException(
                    "a logo's side is above 0 and at most " + MOST + " of the code's, not " + share);
        }
        QrSymbol symbol = writer.write(text);
        Frame plain = symbol.toFrame(logo.capturedAt(), logo.source());
        int module = options.modulePixels();
        int side = (int) Math.round(share * symbol.size() * module);
        BufferedImage drawn = plain.toImage();
        cover(drawn, side + module, Color.WHITE);
        Graphics2D graphics = drawn.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        int corner = (drawn.getWidth() - side) / 2;
        graphics.drawImage(logo.toImage(), corner, corner, side, side, null);
        graphics.dispose();

        BufferedImage worse = plain.toImage();
        cover(worse, side + (1 + 2 * SPARE) * module, Color.GRAY);
        boolean reads = List.of(drawn, halved(drawn), worse).stream().allMatch(picture -> reads(picture, text, logo));
        return reads ? Optional.of(Frame.of(drawn, logo.capturedAt(), logo.source())) : Optional.empty();
    }

    private static void cover(BufferedImage picture, int side, Color colour) {
        Graphics2D graphics = picture.createGraphics();
        int corner = (picture.getWidth() - side) / 2;
        graphics.setColor(colour);
        graphics.fillRect(corner, corner, side, side);
        graphics.dispose();
    }

    private static BufferedImage halved(BufferedImage picture) {
        int side = Math.max(1, picture.getWidth() / 2);
        BufferedImage half = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = half.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, side, side, null);
        graphics.dispose();
        return half;
    }

    private boolean reads(BufferedImage picture, String text, Frame logo) {
        return reader.read(Frame.of(picture, logo.capturedAt(), logo.source())).symbols().stream()
                .anyMatch(symbol -> symbol.text().equals(text));
    }
}
