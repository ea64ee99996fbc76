package io.gatehouse.biometrics.evaluate.plot;

import java.awt.Color;
import java.util.Locale;

/** Writes SVG 1.1 by hand: five elements need no library. */
final class SvgPen implements Pen {
    private static final String[] ANCHORS = {"start", "middle", "end"};

    private final StringBuilder svg = new StringBuilder();

    SvgPen(int width, int height) {
        append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"Helvetica,Arial,sans-serif\">%n",
                width, height, width, height);
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, Color colour, double width, boolean dashed) {
        append(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>%n",
                x1, y1, x2, y2, stroke(colour, width, dashed));
    }

    @Override
    public void path(double[] x, double[] y, Color colour, double width, boolean dashed) {
        svg.append("<polyline fill=\"none\" ")
                .append(stroke(colour, width, dashed))
                .append(" points=\"");
        for (int i = 0; i < x.length; i++) {
            append("%.1f,%.1f ", x[i], y[i]);
        }
        svg.append("\"/>\n");
    }

    @Override
    public void rectangle(double x, double y, double width, double height, Color colour) {
        append(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" fill-opacity=\"%.2f\"/>%n",
                x, y, width, height, hex(colour), colour.getAlpha() / 255.0);
    }

    @Override
    public void text(String text, double x, double y, int size, int align, boolean turned) {
        append(
                "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"%s\" fill=\"#222222\"%s>%s</text>%n",
                x,
                y,
                size,
                ANCHORS[align + 1],
                turned ? String.format(Locale.ROOT, " transform=\"rotate(-90 %.1f %.1f)\"", x, y) : "",
                escape(text));
    }

    String document() {
        return svg + "</svg>\n";
    }

    private void append(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values).replace(System.lineSeparator(), "\n"));
    }

    private static String stroke(Color colour, double width, boolean dashed) {
        return String.format(
                Locale.ROOT,
                "stroke=\"%s\" stroke-width=\"%.1f\"%s",
                hex(colour),
                width,
                dashed ? " stroke-dasharray=\"6 4\"" : "");
    }

    private static String hex(Color colour) {
        return String.format(Locale.ROOT, "#%06x", colour.getRGB() & 0xFFFFFF);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
