package io.gatehouse.examples.evaluate;

import io.gatehouse.biometrics.evaluate.AcquisitionCounts;
import io.gatehouse.biometrics.evaluate.Comparisons;
import io.gatehouse.biometrics.evaluate.GroupFigures;
import io.gatehouse.biometrics.evaluate.Interval;
import io.gatehouse.biometrics.evaluate.Proportion;
import io.gatehouse.biometrics.evaluate.SearchTrials;
import io.gatehouse.biometrics.evaluate.SubjectBootstrap;
import io.gatehouse.biometrics.evaluate.VerificationFigures.EqualError;
import io.gatehouse.biometrics.model.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The figures as rows, from which text, CSV, JSON and HTML are all made. */
final class FigureTable {
    private final List<Row> rows = new ArrayList<>();
    private final Measured measured;
    private final SubjectBootstrap bootstrap;

    /**
     * A figure.
     *
     * @param name     what it is
     * @param value    the rate or the distance
     * @param counts   errors and trials, if it is a rate of counts
     * @param interval where it lies, if that is known
     * @param note     in words
     */
    record Row(String name, double value, Optional<Proportion> counts, Optional<Interval> interval, String note) {}

    private FigureTable(Measured measured) {
        this.measured = measured;
        this.bootstrap = measured.settings().bootstrap();
    }

    static List<Row> of(Measured measured) {
        FigureTable table = new FigureTable(measured);
        table.acquisition();
        table.verification();
        table.identification();
        measured.groups().ifPresent(table::groups);
        table.calibration();
        return List.copyOf(table.rows);
    }

    private void acquisition() {
        AcquisitionCounts counts = measured.acquisition();
        exact("FTE", counts.enrolments(), "people of whom no picture gave a template");
        exact("FTA", counts.captures(), "pictures that gave no template");
    }

    private void verification() {
        Comparisons comparisons = measured.comparisons();
        double distance = measured.threshold().distance();
        double asked = measured.settings().falseMatchRate();
        EqualError equal = measured.figures().equalError();
        plain("EER", equal.rate(), String.format(Locale.ROOT, "at distance %.4f", equal.distance()));
        plain(
                "threshold",
                distance,
                "for FMR " + asked + " by " + measured.threshold().origin());
        Proportion fmr = comparisons.falseMatches(distance);
        Proportion fnmr = comparisons.falseNonMatches(distance);
        String few = fmr.meetsRuleOf30() ? "" : "fewer than 30 errors: hardly told (rule of 30)";
        row("FMR", fmr, bootstrap.falseMatchRate(comparisons, distance), few);
        row("FNMR", fnmr, bootstrap.falseNonMatchRate(comparisons, distance), "");
        AcquisitionCounts counts = measured.acquisition();
        plain("FAR", counts.falseAcceptRate(fmr.rate()), "FMR · (1 − FTA)");
        plain("FRR", counts.falseRejectRate(fnmr.rate()), "FTA + FNMR · (1 − FTA)");
        plain("GFAR", counts.generalisedFalseAcceptRate(fmr.rate()), "with FTE");
        plain("GFRR", counts.generalisedFalseRejectRate(fnmr.rate()), "with FTE");
        for (double rate : new double[] {1e-2, 1e-3, 1e-4}) {
            if (rate * comparisons.nonMated() >= 1) {
                double at = measured.figures().atFalseMatchRate(rate).distance();
                row(
                        "FNMR at FMR " + rate,
                        comparisons.falseNonMatches(at),
                        bootstrap.falseNonMatchRate(comparisons, at),
                        String.format(Locale.ROOT, "threshold %.4f, of these comparisons", at));
            }
        }
    }

    private void identification() {
        SearchTrials searches = measured.searches();
        double distance = measured.threshold().distance();
        String of = String.format(Locale.ROOT, "%,d people enrolled", searches.galleryPeople());
        if (searches.nonMated() > 0) {
            row("FPIR", searches.falsePositives(distance), searches.falsePositiveInterval(distance, bootstrap), of);
        }
        if (searches.mated() > 0) {
            row(
                    "FNIR",
                    searches.falseNegatives(1, distance),
                    searches.falseNegativeInterval(1, distance, bootstrap),
                    of + ", the mate is first");
            exact("rank 1", searches.identifiedWithin(1), of + ", no threshold");
        }
    }

    private void groups(GroupFigures figures) {
        for (GroupFigures.Group group : figures.groups()) {
            String note = group.tooSmall().map(reason -> reason.text()).orElse(group.people() + " people");
            row("FMR within " + group.name(), group.fmr(), group.fmrInterval(), note);
            row("FNMR within " + group.name(), group.fnmr(), group.fnmrInterval(), note);
        }
        for (GroupFigures.Between between : figures.between()) {
            row("FMR between " + between.one() + " and " + between.other(), between.fmr(), between.interval(), "");
        }
        figures.fmrRatio().ifPresent(ratio -> ratio("FMR, worst to best group", ratio));
        figures.fnmrRatio().ifPresent(ratio -> ratio("FNMR, worst to best group", ratio));
        plain("people without a group", figures.ungrouped(), "");
    }

    private void ratio(String name, GroupFigures.Ratio ratio) {
        rows.add(new Row(
                name,
                ratio.value(),
                Optional.empty(),
                Optional.of(ratio.interval()),
                "times: " + ratio.worst() + " to " + ratio.best()));
    }

    private void calibration() {
        rows.addAll(measured.calibration()
                .fold(
                        calibrated -> supported(calibrated.calibration()),
                        tooSmall -> List.of(plainRow(
                                "calibration", Double.NaN, tooSmall.reason().text()))));
    }

    private static List<Row> supported(Calibration calibration) {
        return List.of(
                plainRow("supported FMR", calibration.floor(), "the smallest that this sample supports"),
                plainRow(
                        "supported gallery",
                        (double) calibration.largestGallery(0.01),
                        "references, at an FPIR of 1 in 100"));
    }

    private void exact(String name, Proportion rate, String note) {
        row(name, rate, rate.clopperPearson(bootstrap.confidence()), note);
    }

    private void row(String name, Proportion rate, Interval interval, String note) {
        rows.add(new Row(name, rate.rate(), Optional.of(rate), Optional.of(interval), note));
    }

    private void plain(String name, double value, String note) {
        rows.add(plainRow(name, value, note));
    }

    private static Row plainRow(String name, double value, String note) {
        return new Row(name, value, Optional.empty(), Optional.empty(), note);
    }

    /** One line for people. */
    static String line(Row row) {
        return String.format(
                        Locale.ROOT,
                        "%-32s %-10s %-22s %-26s %s",
                        row.name(),
                        Double.isNaN(row.value()) ? "–" : String.format(Locale.ROOT, "%.4g", row.value()),
                        row.counts()
                                .map(counts ->
                                        String.format(Locale.ROOT, "%,d of %,d", counts.errors(), counts.trials()))
                                .orElse(""),
                        row.interval()
                                .map(it -> String.format(
                                        Locale.ROOT,
                                        "%.0f %%: %.3g to %.3g",
                                        100 * it.confidence(),
                                        it.lower(),
                                        it.upper()))
                                .orElse(""),
                        row.note())
                .stripTrailing();
    }
}
