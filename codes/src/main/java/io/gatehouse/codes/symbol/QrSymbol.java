package io.gatehouse.codes.symbol;

import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.QRCode;
import io.gatehouse.core.frame.Frame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.BitSet;
import javax.imageio.ImageIO;

/** A QR code's modules, to be drawn. Immutable and thread-safe. */
public final class QrSymbol {
    private static final int LIGHT = 0xFFFFFF;
    private static final int DARK = 0x000000;

    private final int version;
    private final int size;
    private final BitSet dark;
    private final QrOptions options;

    private QrSymbol(int version, int size, BitSet dark, QrOptions options) {
        this.version = version;
        this.size = size;
        this.dark = dark;
        this.options = options;
    }

    static QrSymbol of(QRCode code, QrOptions options) {
        ByteMatrix matrix = code.getMatrix();
        int size = matrix.getWidth();
        BitSet dark = new BitSet(size * size);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                dark.set(y * size + x, matrix.get(x, y) == 1);
            }
        }
        return new QrSymbol(code.getVersion().getVersionNumber(), size, dark, options);
    }

    /** The version, 1 to 40. */
    public int version() {
        return version;
    }

    /** Modules a side, 21 to 177, without the quiet zone. */
    public int size() {
        return size;
    }

    /** Whether the module in this column and row is dark; outside there is only the quiet zone. */
    public boolean isDark(int x, int y) {
        return x >= 0 && y >= 0 && x < size && y < size && dark.get(y * size + x);
    }

    /** Side of the drawn picture in pixels, with the quiet zone. */
    public int sidePixels() {
        return (size + 2 * options.quietZoneModules()) * options.modulePixels();
    }

    /** Drawn black on white. */
    public byte[] toPng() {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(draw(BufferedImage.TYPE_BYTE_BINARY), "png", png)) {
                throw new IllegalStateException("this Java runtime cannot write PNG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return png.toByteArray();
    }

    /** Drawn black on white, as if a camera had taken it. */
    public Frame toFrame(Instant capturedAt, String source) {
        return Frame.of(draw(BufferedImage.TYPE_3BYTE_BGR), capturedAt, source);
    }

    private BufferedImage draw(int imageType) {
        int side = sidePixels();
        int module = options.modulePixels();
        int quiet = options.quietZoneModules();
        BufferedImage image = new BufferedImage(side, side, imageType);
        int[] row = new int[side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                row[x] = isDark(x / module - quiet, y / module - quiet) ? DARK : LIGHT;
            }
            image.setRGB(0, y, side, 1, row, 0, side);
        }
        return image;
    }
}
