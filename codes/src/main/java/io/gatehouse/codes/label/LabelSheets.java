package io.gatehouse.codes.label;

import io.gatehouse.codes.symbol.QrOptions;
import io.gatehouse.codes.symbol.QrSymbol;
import io.gatehouse.codes.symbol.QrWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * Labels on sheets as one PDF, the codes drawn as areas, so that they are sharp on every printer. Pages wait in a temporary file
 * and not in memory, however many there are. Thread-safe.
 *
 * <p>Without a font only ISO 8859-1 is printed (Helvetica, which every reader of PDF has). Chinese needs a TrueType font with its
 * characters, of which those that are used are embedded; free ones are Noto Sans SC and Droid Sans Fallback. What a font has not is
 * printed in Helvetica.
 */
public final class LabelSheets {
    private static final double POINTS_A_MILLIMETRE = 72 / 25.4;
    private static final double PADDING = 2;
    private static final int QUIET_ZONE = 4;

    private final SheetLayout layout;
    private final LabelOptions options;
    private final Optional<Path> font;
    private final QrWriter writer;

    private LabelSheets(SheetLayout layout, LabelOptions options, Optional<Path> font) {
        this.layout = Objects.requireNonNull(layout, "layout");
        this.options = Objects.requireNonNull(options, "options");
        this.font = font;
        this.writer = QrWriter.create(new QrOptions(options.errorCorrection(), QUIET_ZONE, 1));
    }

    /** Sheets whose text is ISO 8859-1. */
    public static LabelSheets create(SheetLayout layout, LabelOptions options) {
        return new LabelSheets(layout, options, Optional.empty());
    }

    /** Sheets whose text is whatever this TrueType font has. */
    public static LabelSheets create(SheetLayout layout, LabelOptions options, Path trueTypeFont) {
        return new LabelSheets(layout, options, Optional.of(trueTypeFont));
    }

    /**
     * Writes the labels, from the left upper corner of the first sheet.
     *
     * @return whether they were written; false if the listener stopped it
     * @throws IllegalArgumentException if a character is not in the font, or a code does not fit its label; it names the label. Then
     *     nothing was written
     * @throws IOException if the font cannot be read, or {@code to} cannot be written
     */
    public boolean write(Iterator<Label> labels, OutputStream to, LabelListener listener) throws IOException {
        if (!labels.hasNext()) {
            throw new IllegalArgumentException("there are no labels to print");
        }
        try (PDDocument document = new PDDocument(IOUtils.createTempFileOnlyStreamCache())) {
            Lettering letters = Lettering.of(document, font);
            long done = 0;
            while (labels.hasNext()) {
                done += sheet(document, letters, labels);
                if (!listener.done(done)) {
                    return false;
                }
            }
            document.save(to);
            return true;
        }
    }

    private int sheet(PDDocument document, Lettering letters, Iterator<Label> labels) throws IOException {
        PDPage page = new PDPage(new PDRectangle(points(layout.pageWidth()), points(layout.pageHeight())));
        document.addPage(page);
        int place = 0;
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            while (place < layout.labels() && labels.hasNext()) {
                label(content, letters, labels.next(), place);
                place++;
            }
        }
        return place;
    }

    private void label(PDPageContentStream content, Lettering letters, Label label, int place) throws IOException {
        QrSymbol symbol = writer.write(label.payload(), options.leastVersion());
        double side = layout.labelHeight() - 2 * PADDING;
        double textWidth = layout.labelWidth() - options.copies() * (side + PADDING) - PADDING;
        if (textWidth < 0) {
            throw new IllegalArgumentException("label " + label.id() + " has no room for " + options.copies()
                    + " codes of " + Math.round(side) + " mm");
        }
        double x = layout.x(place) + PADDING;
        double y = layout.y(place) + PADDING;
        code(content, symbol, x, y, side);
        if (options.copies() == 2) {
            code(content, symbol, layout.x(place) + layout.labelWidth() - PADDING - side, y, side);
        }
        text(content, letters, label, x + side, y, textWidth, side);
    }

    /** Each row of dark modules is a few areas, all filled at once, so that no gaps are between them. */
    private void code(PDPageContentStream content, QrSymbol symbol, double x, double y, double side)
            throws IOException {
        double module = side / (symbol.size() + 2 * QUIET_ZONE);
        for (int row = 0; row < symbol.size(); row++) {
            for (int from = 0; from < symbol.size(); from++) {
                int to = from;
                while (symbol.isDark(to, row)) {
                    to++;
                }
                if (to > from) {
                    double top = y + (row + QUIET_ZONE) * module;
                    content.addRect(
                            points(x + (from + QUIET_ZONE) * module),
                            points(layout.pageHeight() - top - module),
                            points((to - from) * module),
                            points(module));
                    from = to;
                }
            }
        }
        content.fill();
    }

    private void text(
            PDPageContentStream content,
            Lettering letters,
            Label label,
            double x,
            double y,
            double width,
            double height)
            throws IOException {
        int lines = label.lines().size() + 1;
        double line = Math.min(height / lines, height / 4);
        for (int i = 0; i < lines; i++) {
            boolean isNumber = i == label.lines().size();
            String text = isNumber ? label.id().value() : label.lines().get(i);
            double baseline = isNumber ? y + height - line * 0.3 : y + line * (i + 0.75);
            line(content, letters, label, text, x, baseline, width, line * 0.75);
        }
    }

    private void line(
            PDPageContentStream content,
            Lettering letters,
            Label label,
            String text,
            double x,
            double baseline,
            double width,
            double height)
            throws IOException {
        if (text.isEmpty()) {
            return;
        }
        List<Lettering.Run> runs = letters.runs(text, label.id());
        double unit = 0;
        for (Lettering.Run run : runs) {
            unit += run.width();
        }
        double size = Math.min(points(height), points(width) / unit);
        content.beginText();
        content.newLineAtOffset(points(x), points(layout.pageHeight() - baseline));
        for (Lettering.Run run : runs) {
            content.setFont(run.font(), (float) size);
            content.showText(run.text());
        }
        content.endText();
    }

    private static float points(double millimetres) {
        return (float) (millimetres * POINTS_A_MILLIMETRE);
    }
}
