package io.gatehouse.codes.label;

import io.gatehouse.codes.symbol.QrOptions;
import io.gatehouse.codes.symbol.QrSymbol;
import io.gatehouse.codes.symbol.QrWriter;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Objects;

/**
 * Labels for label printers, in ZPL II. The code is sent as dots ({@code ^GF}), so that it is the one that was made here and not
 * what a printer's firmware would make; text is UTF-8 ({@code ^CI28}), and Chinese needs a printer with such a font.
 * Thread-safe.
 */
public final class ZplLabels {
    private static final int QUIET_ZONE = 4;
    private static final double INCH = 25.4;
    private static final double MARGIN = 1.5;

    private final double width;
    private final double height;
    private final int dpi;
    private final String font;
    private final LabelOptions options;
    private final QrWriter writer;

    private ZplLabels(double width, double height, int dpi, String font, LabelOptions options) {
        if (!(width >= 10 && width <= 250 && height >= 10 && height <= 250)) {
            throw new IllegalArgumentException("a label is 10 to 250 mm wide and high, not " + width + " × " + height);
        }
        if (dpi < 150 || dpi > 600) {
            throw new IllegalArgumentException("label printers have 150 to 600 dots an inch, not " + dpi);
        }
        if (!font.matches("0|[A-Z]:[A-Z0-9_]{1,16}\\.[A-Z]{3}")) {
            throw new IllegalArgumentException(
                    "a printer's font is 0, or a file such as E:SIMSUN.FNT, not '" + font + "'");
        }
        this.width = width;
        this.height = height;
        this.dpi = dpi;
        this.font = font;
        this.options = Objects.requireNonNull(options, "options");
        this.writer = QrWriter.create(new QrOptions(options.errorCorrection(), QUIET_ZONE, 1));
    }

    /**
     * Labels of this size in millimetres, in the printer's own font 0.
     *
     * @param dpi dots an inch: 203, 300 or 600
     */
    public static ZplLabels create(double width, double height, int dpi, LabelOptions options) {
        return new ZplLabels(width, height, dpi, "0", options);
    }

    /** The same in a font file of the printer, such as {@code E:SIMSUN.FNT}. */
    public ZplLabels withFont(String file) {
        return new ZplLabels(width, height, dpi, file, options);
    }

    /**
     * Appends the labels, one after the other.
     *
     * @throws IllegalArgumentException if a code does not fit; it names the label, and those before it were appended
     */
    public void write(Iterator<Label> labels, Appendable to) throws IOException {
        while (labels.hasNext()) {
            to.append(zpl(labels.next()));
        }
    }

    private String zpl(Label label) {
        QrSymbol symbol = writer.write(label.payload(), options.leastVersion());
        int margin = dots(MARGIN);
        int modules = symbol.size() + 2 * QUIET_ZONE;
        int module = (dots(height) - 2 * margin) / modules;
        int side = module * modules;
        if (module < 2 || dots(width) < options.copies() * (side + margin)) {
            throw new IllegalArgumentException(
                    "label " + label.id() + " of " + width + " × " + height + " mm has no room for " + options.copies()
                            + " codes of " + modules + " modules a side with two dots a module");
        }
        StringBuilder zpl = new StringBuilder("^XA^CI28");
        zpl.append(String.format(Locale.ROOT, "^PW%d^LL%d%n", dots(width), dots(height)));
        String dots = dots(symbol, module);
        zpl.append(field(margin, margin)).append(dots);
        if (options.copies() == 2) {
            zpl.append(field(dots(width) - margin - side, margin)).append(dots);
        }
        text(zpl, label, margin + side, margin, dots(width) - 2 * margin - options.copies() * side);
        return zpl.append("^XZ\n").toString();
    }

    /** The symbol with its quiet zone as a bitmap, whole bytes a row. */
    private static String dots(QrSymbol symbol, int module) {
        int side = (symbol.size() + 2 * QUIET_ZONE) * module;
        int rowBytes = (side + 7) / 8;
        StringBuilder zpl = new StringBuilder(
                String.format(Locale.ROOT, "^GFA,%d,%d,%d,", rowBytes * side, rowBytes * side, rowBytes));
        for (int y = 0; y < side; y++) {
            for (int octet = 0; octet < rowBytes; octet++) {
                int value = 0;
                for (int bit = 0; bit < 8; bit++) {
                    int x = octet * 8 + bit;
                    boolean dark = x < side && symbol.isDark(x / module - QUIET_ZONE, y / module - QUIET_ZONE);
                    value = value << 1 | (dark ? 1 : 0);
                }
                zpl.append(String.format(Locale.ROOT, "%02X", value));
            }
        }
        return zpl.append("^FS\n").toString();
    }

    private void text(StringBuilder zpl, Label label, int x, int y, int room) {
        int lines = label.lines().size() + 1;
        int line = Math.min((dots(height) - 2 * y) / lines, (dots(height) - 2 * y) / 4);
        for (int i = 0; i < lines; i++) {
            boolean isNumber = i == label.lines().size();
            String text = isNumber ? label.id().value() : label.lines().get(i);
            int top = isNumber ? dots(height) - y - line : y + i * line;
            int letter = Math.min(line * 3 / 4, 2 * room / Math.max(1, text.length()));
            if (!text.isEmpty() && letter > 0) {
                zpl.append(field(x, top))
                        .append(font.equals("0") ? "^A0N," + letter : "^A@N," + letter + "," + letter + "," + font)
                        .append("^FH_^FD")
                        .append(escaped(text))
                        .append("^FS\n");
            }
        }
    }

    /** What ZPL would take for a command becomes its number. */
    private static String escaped(String text) {
        return text.replace("_", "_5F").replace("^", "_5E").replace("~", "_7E");
    }

    private static String field(int x, int y) {
        return "^FO" + x + "," + y;
    }

    private int dots(double millimetres) {
        return (int) Math.floor(millimetres / INCH * dpi);
    }
}
