package io.gatehouse.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Draws how a benchmark's figures change with one of its parameters: {@code ScalingPlot <results.json> <parameter> <plot.svg>},
 * where the results are what JMH writes with {@code -rf json -rff <file>}. Both axes are logarithmic, so that what is linear in
 * the parameter is a straight line; a line for each benchmark and the rest of its parameters.
 */
final class ScalingPlot {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 480;
    private static final int LEFT = 70;
    private static final int TOP = 20;
    private static final int RIGHT = 270;
    private static final int BOTTOM = 50;
    private static final String[] COLOURS = {"#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#8c564b", "#17becf"
    };

    private final String parameter;
    private final Map<String, NavigableMap<Double, Double>> lines = new LinkedHashMap<>();
    private String unit = "";
    private double leastX = Double.MAX_VALUE;
    private double mostX;
    private double leastY = Double.MAX_VALUE;
    private double mostY;

    private ScalingPlot(String parameter) {
        this.parameter = parameter;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("ScalingPlot <results.json> <parameter> <plot.svg>");
        }
        ScalingPlot plot = new ScalingPlot(arguments[1]);
        for (JsonNode result : new ObjectMapper().readTree(Path.of(arguments[0]).toFile())) {
            plot.add(result);
        }
        Files.writeString(Path.of(arguments[2]), plot.svg());
    }

    private void add(JsonNode result) {
        JsonNode parameters = result.path("params");
        if (!parameters.has(parameter)) {
            throw new IllegalArgumentException(result.path("benchmark").asText() + " has no parameter " + parameter);
        }
        String benchmark = result.path("benchmark").asText();
        StringBuilder name = new StringBuilder(benchmark.substring(benchmark.lastIndexOf('.') + 1));
        parameters.properties().forEach(each -> {
            if (!each.getKey().equals(parameter)) {
                name.append(' ').append(each.getValue().asText());
            }
        });
        double x = parameters.get(parameter).asDouble();
        double y = result.path("primaryMetric").path("score").asDouble();
        unit = result.path("primaryMetric").path("scoreUnit").asText();
        leastX = Math.min(leastX, x);
        mostX = Math.max(mostX, x);
        leastY = Math.min(leastY, y);
        mostY = Math.max(mostY, y);
        lines.computeIfAbsent(name.toString(), any -> new TreeMap<>()).put(x, y);
    }

    private String svg() {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n"
                        + "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT));
        for (int decade = decade(leastX, false); decade <= decade(mostX, true); decade++) {
            double at = x(Math.pow(10, decade));
            svg.append(line(at, TOP, at, HEIGHT - BOTTOM));
            svg.append(text(at, HEIGHT - BOTTOM + 18, "middle", label(decade)));
        }
        for (int decade = decade(leastY, false); decade <= decade(mostY, true); decade++) {
            double at = y(Math.pow(10, decade));
            svg.append(line(LEFT, at, WIDTH - RIGHT, at));
            svg.append(text(LEFT - 8, at + 4, "end", label(decade)));
        }
        svg.append(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", parameter));
        svg.append(text(LEFT + 6, TOP + 14, "start", unit));
        int number = 0;
        for (Map.Entry<String, NavigableMap<Double, Double>> each : lines.entrySet()) {
            svg.append(curve(each.getKey(), each.getValue(), number++));
        }
        return svg.append("</svg>\n").toString();
    }

    private String curve(String name, NavigableMap<Double, Double> points, int number) {
        String colour = COLOURS[number % COLOURS.length];
        StringBuilder path = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        points.forEach((x, y) -> {
            path.append(String.format(Locale.ROOT, "%s%.1f,%.1f", path.length() == 0 ? "M" : " L", x(x), y(y)));
            dots.append(String.format(
                    Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x(x), y(y), colour));
        });
        double legend = TOP + 14 + 18.0 * number;
        return String.format(
                        Locale.ROOT,
                        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\"/>%s%n"
                                + "<rect x=\"%d\" y=\"%.1f\" width=\"12\" height=\"4\" fill=\"%s\"/>",
                        path,
                        colour,
                        dots,
                        WIDTH - RIGHT + 14,
                        legend - 6,
                        colour)
                + text(WIDTH - RIGHT + 32, legend, "start", name);
    }

    private static int decade(double value, boolean up) {
        double decades = Math.log10(value);
        return (int) (up ? Math.ceil(decades - 1e-9) : Math.floor(decades + 1e-9));
    }

    private double x(double value) {
        return LEFT + share(value, decade(leastX, false), decade(mostX, true)) * (WIDTH - RIGHT - LEFT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - share(value, decade(leastY, false), decade(mostY, true)) * (HEIGHT - BOTTOM - TOP);
    }

    private static double share(double value, int low, int high) {
        return high == low ? 0.5 : (Math.log10(value) - low) / (high - low);
    }

    private static String label(int decade) {
        return decade < 0
                ? String.format(Locale.ROOT, "%." + -decade + "f", Math.pow(10, decade))
                : String.format(Locale.ROOT, "%,.0f", Math.pow(10, decade));
    }

    private static String line(double x1, double y1, double x2, double y2) {
        return String.format(Locale.ROOT, "<path d=\"M%.1f,%.1f L%.1f,%.1f\" stroke=\"#dddddd\"/>%n", x1, y1, x2, y2);
    }

    private static String text(double x, double y, String anchor, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, escaped);
    }
}
