package io.gatehouse.biometrics.evaluate.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;

/**
 * A drawn figure: axes, curves or bars, a legend. Made by {@link Plots}, written as PNG (1440 × 1040) or SVG. Drawn with
 * what Java has, without a display; PNG needs a font on the machine, SVG does not. Immutable and thread-safe.
 */
public final class Plot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 520;
    private static final int LEFT = 84;
    private static final int RIGHT = 24;
    private static final int TOP = 44;
    private static final int BOTTOM = 64;
    private static final Color GRID = new Color(0xDDDDDD);
    private static final Color FRAME = new Color(0x555555);

    private final String title;
    private final Axis across;
    private final Axis up;
    private final List<Layer> layers;
    private final boolean legendAtBottom;

    /** Curves and bars of one colour and name; an empty name is not in the legend. */
    record Layer(String name, Color colour, boolean dashed, double[] x, double[] y, List<Bar> bars) {}

    /** From x to x, from the axis or a lower value up to a value. */
    record Bar(double from, double to, double low, double high) {}

    Plot(String title, Axis across, Axis up, List<Layer> layers, boolean legendAtBottom) {
        this.title = Objects.requireNonNull(title, "title");
        this.across = across;
        this.up = up;
        this.layers = List.copyOf(layers);
        this.legendAtBottom = legendAtBottom;
    }

    /** The figure as PNG. */
    public byte[] png() {
        RasterPen pen = new RasterPen(WIDTH, HEIGHT);
        draw(pen);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            BufferedImage image = pen.image();
            if (!ImageIO.write(image, "png", bytes)) {
                throw new IllegalStateException("this Java has no PNG writer");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The figure as a document of SVG. */
    public String svg() {
        SvgPen pen = new SvgPen(WIDTH, HEIGHT);
        draw(pen);
        return pen.document();
    }

    /** Writes {@code name.png} and {@code name.svg} into a folder. */
    public void write(Path folder, String name) throws IOException {
        Files.write(folder.resolve(name + ".png"), png());
        Files.writeString(folder.resolve(name + ".svg"), svg(), StandardCharsets.UTF_8);
    }

    private void draw(Pen pen) {
        pen.rectangle(0, 0, WIDTH, HEIGHT, Color.WHITE);
        axes(pen);
        for (Layer layer : layers) {
            for (Bar bar : layer.bars()) {
                double top = y(bar.high());
                pen.rectangle(x(bar.from()), top, x(bar.to()) - x(bar.from()), y(bar.low()) - top, layer.colour());
            }
            double[] xs = new double[layer.x().length];
            double[] ys = new double[xs.length];
            for (int i = 0; i < xs.length; i++) {
                xs[i] = x(layer.x()[i]);
                ys[i] = y(layer.y()[i]);
            }
            if (xs.length > 0) {
                pen.path(xs, ys, layer.colour(), layer.dashed() ? 1.2 : 2, layer.dashed());
            }
        }
        legend(pen);
    }

    private void axes(Pen pen) {
        pen.text(title, WIDTH / 2.0, TOP - 18, 16, 0, false);
        for (Axis.Tick tick : across.ticks()) {
            double x = x(tick.value());
            pen.line(x, TOP, x, HEIGHT - BOTTOM, GRID, 1, false);
            pen.text(tick.label(), x, HEIGHT - BOTTOM + 18, 12, 0, false);
        }
        for (Axis.Tick tick : up.ticks()) {
            double y = y(tick.value());
            pen.line(LEFT, y, WIDTH - RIGHT, y, GRID, 1, false);
            pen.text(tick.label(), LEFT - 8, y + 4, 12, 1, false);
        }
        pen.line(LEFT, TOP, LEFT, HEIGHT - BOTTOM, FRAME, 1.2, false);
        pen.line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, FRAME, 1.2, false);
        pen.text(across.name(), (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 18, 13, 0, false);
        pen.text(up.name(), 20, (TOP + HEIGHT - BOTTOM) / 2.0, 13, 0, true);
    }

    private void legend(Pen pen) {
        List<Layer> named =
                layers.stream().filter(layer -> !layer.name().isEmpty()).toList();
        int longest =
                named.stream().mapToInt(layer -> layer.name().length()).max().orElse(0);
        double width = 44 + 6.6 * longest;
        double left = WIDTH - RIGHT - 10 - width;
        double top = legendAtBottom ? HEIGHT - BOTTOM - 16 - 20.0 * named.size() : TOP + 8;
        if (!named.isEmpty()) {
            pen.rectangle(left, top, width, 8 + 20.0 * named.size(), new Color(255, 255, 255, 225));
        }
        List<Layer> rows = new ArrayList<>(named);
        for (int i = 0; i < rows.size(); i++) {
            double y = top + 18 + 20.0 * i;
            Layer row = rows.get(i);
            pen.line(left + 8, y - 4, left + 32, y - 4, row.colour(), row.bars().isEmpty() ? 2 : 8, row.dashed());
            pen.text(row.name(), left + 38, y, 12, -1, false);
        }
    }

    private double x(double value) {
        return LEFT + across.at(value) * (WIDTH - RIGHT - LEFT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - up.at(value) * (HEIGHT - BOTTOM - TOP);
    }
}
