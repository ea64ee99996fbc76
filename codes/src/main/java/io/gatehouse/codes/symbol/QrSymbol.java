package io.gatehouse.codes.symbol;

import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.QRCode;
import io.gatehouse.core.frame.Frame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A QR code's modules, to be drawn. Immutable and thread-safe. */
public final class QrSymbol {
    private static final int LIGHT = 0xFFFFFF;
    private static final int DARK = 0x000000;
    private static final double MAX_MILLIMETRES = 5_000;
    private static final double POINTS_PER_INCH = 72;
    private static final double MILLIMETRES_PER_INCH = 25.4;

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

    /** Drawn black on white as SVG 1.1: one unit a module, so that it is sharp at any size. */
    public String toSvg() {
        int quiet = options.quietZoneModules();
        int side = size + 2 * quiet;
        StringBuilder path = new StringBuilder();
        for (Run run : runs()) {
            path.append('M').append(run.x + quiet).append(' ').append(run.y + quiet);
            path.append('h')
                    .append(run.length)
                    .append("v1h-")
                    .append(run.length)
                    .append('z');
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" width=\"" + sidePixels() + "\" height=\""
                + sidePixels()
                + "\" viewBox=\"0 0 " + side + " " + side + "\" shape-rendering=\"crispEdges\"><rect width=\"" + side
                + "\" height=\"" + side + "\" fill=\"#fff\"/><path d=\"" + path + "\" fill=\"#000\"/></svg>";
    }

    /**
     * Drawn black on white as a PDF (ISO 32000-1) of one page that is this wide and high.
     *
     * @throws IllegalArgumentException if the side is not 1 to 5,000 mm
     */
    public byte[] toPdf(double sideMillimetres) {
        if (!(sideMillimetres >= 1 && sideMillimetres <= MAX_MILLIMETRES)) {
            throw new IllegalArgumentException(
                    "a page is 1 to " + MAX_MILLIMETRES + " mm wide, not " + sideMillimetres);
        }
        int quiet = options.quietZoneModules();
        double points = sideMillimetres * POINTS_PER_INCH / MILLIMETRES_PER_INCH;
        double module = points / (size + 2 * quiet);
        StringBuilder content = new StringBuilder("0 g\n");
        for (Run run : runs()) {
            content.append(String.format(
                    Locale.ROOT,
                    "%.4f %.4f %.4f %.4f re\n",
                    (run.x + quiet) * module,
                    points - (run.y + 1 + quiet) * module,
                    run.length * module,
                    module));
        }
        return OnePagePdf.of(points, content.append("f\n").toString());
    }

    /** Dark modules side by side in a row. */
    record Run(int x, int y, int length) {}

    List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (int y = 0; y < size; y++) {
            int from = dark.nextSetBit(y * size);
            while (from >= 0 && from < (y + 1) * size) {
                int to = Math.min(dark.nextClearBit(from), (y + 1) * size);
                runs.add(new Run(from - y * size, y, to - from));
                from = dark.nextSetBit(to);
            }
        }
        return runs;
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
