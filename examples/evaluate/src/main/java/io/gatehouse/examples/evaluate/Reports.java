package io.gatehouse.examples.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.biometrics.evaluate.CalibrationOutcome.Calibrated;
import io.gatehouse.biometrics.evaluate.CalibrationOutcome.TooSmall;
import io.gatehouse.biometrics.evaluate.TemplateFolder.Sample;
import io.gatehouse.biometrics.evaluate.VerificationFigures;
import io.gatehouse.biometrics.evaluate.VerificationFigures.Point;
import io.gatehouse.biometrics.evaluate.plot.Plot;
import io.gatehouse.biometrics.evaluate.plot.Plots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Writes what was measured: figures.csv, figures.json, curve.csv, refused.csv, the plots, and report.html with all of it. */
final class Reports {
    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:76rem;padding:0 1rem;color:#1c2733}
            h1{font-size:1.6rem} h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #d8d8d0}
            table{border-collapse:collapse;width:100%} th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #e6e6df}
            td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
            .plots{display:flex;flex-wrap:wrap;gap:1rem} .plots svg{width:35rem;height:auto}
            """;

    private final Measured measured;
    private final List<FigureTable.Row> rows;

    Reports(Measured measured, List<FigureTable.Row> rows) {
        this.measured = measured;
        this.rows = rows;
    }

    void write(Path out) throws IOException {
        Files.createDirectories(out);
        Map<String, Plot> plots = plots();
        for (Map.Entry<String, Plot> each : plots.entrySet()) {
            each.getValue().write(out, each.getKey());
        }
        Files.writeString(out.resolve("figures.csv"), figuresCsv());
        Files.writeString(out.resolve("curve.csv"), curveCsv());
        Files.writeString(out.resolve("refused.csv"), refusedCsv());
        Files.writeString(out.resolve("figures.json"), json());
        Optional<Calibrated> calibrated = measured.calibration().fold(Optional::of, tooSmall -> Optional.empty());
        if (calibrated.isPresent()) {
            Files.writeString(
                    out.resolve("calibration.json"),
                    calibrated.get().calibration().toJson() + "\n");
        }
        Files.writeString(out.resolve("report.html"), html(plots));
    }

    private Map<String, Plot> plots() {
        Map<String, Plot> plots = new LinkedHashMap<>();
        Map<String, VerificationFigures> system =
                Map.of(String.valueOf(measured.folder().getFileName()), measured.figures());
        plots.put("det", Plots.det(system));
        plots.put("roc", Plots.roc(system));
        plots.put(
                "distances",
                Plots.histogram(
                        measured.comparisons(),
                        OptionalDouble.of(measured.threshold().distance())));
        if (measured.searches().mated() > 0) {
            plots.put("cmc", Plots.cmc(measured.searches(), 20));
        }
        measured.groups().ifPresent(groups -> {
            plots.put("fmr-by-group", Plots.falseMatchesByGroup(groups));
            plots.put("fnmr-by-group", Plots.falseNonMatchesByGroup(groups));
        });
        return plots;
    }

    private String figuresCsv() {
        StringBuilder csv = new StringBuilder("figure,value,errors,trials,lower,upper,confidence,note\n");
        for (FigureTable.Row row : rows) {
            csv.append(cell(row.name())).append(',').append(row.value()).append(',');
            csv.append(row.counts().map(it -> it.errors() + "," + it.trials()).orElse(","))
                    .append(',');
            csv.append(row.interval()
                            .map(it -> it.lower() + "," + it.upper() + "," + it.confidence())
                            .orElse(",,"))
                    .append(',')
                    .append(cell(row.note()))
                    .append('\n');
        }
        return csv.toString();
    }

    private String curveCsv() {
        StringBuilder csv = new StringBuilder("distance,fmr,fnmr\n");
        for (Point point : measured.figures().curve()) {
            csv.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%s%n",
                    point.distance(),
                    point.fmr().rate(),
                    point.fnmr().rate()));
        }
        return csv.toString();
    }

    private String refusedCsv() {
        StringBuilder csv = new StringBuilder("picture,code,reason\n");
        for (Sample sample : measured.samples().refused()) {
            sample.refusal()
                    .ifPresent(reason -> csv.append(cell(sample.file()))
                            .append(',')
                            .append(reason.code())
                            .append(',')
                            .append(cell(reason.text()))
                            .append('\n'));
        }
        return csv.toString();
    }

    /** A leading sign that a spreadsheet would take for a formula is kept from it. */
    private static String cell(String text) {
        String safe = text.matches("(?s)[=+@\\-\t\r].*") ? "'" + text : text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    private String json() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("pictures", measured.samples().samples().size())
                .put("mated", measured.comparisons().mated())
                .put("nonMated", measured.comparisons().nonMated())
                .put("seed", measured.settings().bootstrap().seed());
        ArrayNode figures = root.putArray("figures");
        for (FigureTable.Row row : rows) {
            ObjectNode node = figures.addObject().put("name", row.name());
            if (Double.isFinite(row.value())) {
                node.put("value", row.value());
            }
            row.counts().ifPresent(it -> node.put("errors", it.errors()).put("trials", it.trials()));
            row.interval().ifPresent(it -> {
                node.put("lower", it.lower()).put("confidence", it.confidence());
                if (Double.isFinite(it.upper())) {
                    node.put("upper", it.upper());
                }
            });
            node.put("note", row.note());
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private String html(Map<String, Plot> plots) {
        StringBuilder html = new StringBuilder(
                        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append("Recognition measured</title><style>")
                .append(STYLE)
                .append("</style></head><body>\n<h1>Recognition measured</h1>\n<p>")
                .append(escape(String.format(
                        Locale.ROOT,
                        "%,d pictures, %,d mated and %,d non-mated comparisons. Intervals draw people anew, seed %d.",
                        measured.samples().samples().size(),
                        measured.comparisons().mated(),
                        measured.comparisons().nonMated(),
                        measured.settings().bootstrap().seed())))
                .append(
                        "</p>\n<table><tr><th>Figure</th><th>Value</th><th>Counts</th><th>Interval</th><th></th></tr>\n");
        for (FigureTable.Row row : rows) {
            html.append("<tr><td>").append(escape(row.name())).append("</td>");
            html.append("<td class=\"n\">").append(number(row.value())).append("</td><td class=\"n\">");
            html.append(row.counts()
                    .map(it -> String.format(Locale.ROOT, "%,d of %,d", it.errors(), it.trials()))
                    .orElse(""));
            html.append("</td><td class=\"n\">")
                    .append(row.interval()
                            .map(it -> number(it.lower()) + " to " + number(it.upper()))
                            .orElse(""));
            html.append("</td><td>").append(escape(row.note())).append("</td></tr>\n");
        }
        html.append("</table>\n<div class=\"plots\">\n");
        plots.values().forEach(plot -> html.append(plot.svg()));
        html.append("</div>\n").append(refusedHtml()).append(calibrationHtml());
        return html.append("</body></html>\n").toString();
    }

    private String refusedHtml() {
        StringBuilder html = new StringBuilder("<h2>Pictures that gave no template</h2>\n<table>\n");
        for (Sample sample : measured.samples().refused()) {
            html.append("<tr><td>").append(escape(sample.file())).append("</td><td>");
            sample.refusal().ifPresent(reason -> html.append(escape(reason.toString())));
            html.append("</td></tr>\n");
        }
        return html.append("</table>\n").toString();
    }

    private String calibrationHtml() {
        return "<h2>Calibration of this sample</h2>\n<pre>"
                + escape(measured.calibration()
                        .fold(
                                it -> it.calibration().toJson(),
                                (TooSmall it) -> it.reason().text()))
                + "</pre>\n";
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4g", value);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
