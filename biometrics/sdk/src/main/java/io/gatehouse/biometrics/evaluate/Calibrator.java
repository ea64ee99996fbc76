package io.gatehouse.biometrics.evaluate;

import io.gatehouse.biometrics.evaluate.CalibrationOutcome.Calibrated;
import io.gatehouse.biometrics.evaluate.CalibrationOutcome.Support;
import io.gatehouse.biometrics.evaluate.CalibrationOutcome.TooSmall;
import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.core.reason.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Makes the table from distances to false match rates out of a vendor's own sample. A row is kept only if the sample
 * supports its rate: by the rule of 30 (Doddington and others, Speech Communication 2000), and, since comparisons share
 * people, by an interval that draws people anew. Stateless and thread-safe.
 *
 * <p>Below the smallest rate so supported the tail is modelled from ten times as many errors, or as many as there are up to
 * a rate of 1 in 10; {@link Calibration.Tail} says what that assumes.
 */
public final class Calibrator {
    private static final double[] STEPS = {1, 2, 5};
    private static final int DECADES = 9;
    private static final double HIGHEST = 0.5;
    private static final int TAIL_FACTOR = 10;

    private final CalibratorOptions options;

    private Calibrator(CalibratorOptions options) {
        this.options = options;
    }

    public static Calibrator create(CalibratorOptions options) {
        return new Calibrator(options);
    }

    /**
     * A table from non-mated comparisons; mated ones are left aside.
     *
     * @param source what was measured, in words; the numbers are put in front
     */
    public CalibrationOutcome calibrate(Comparisons comparisons, String source) {
        double[] sorted = comparisons.nonMatedSide().sorted;
        if (sorted.length == 0 || sorted[0] <= 0) {
            return new TooSmall(Reason.of(
                    "evaluate.not-calibratable",
                    sorted.length == 0
                            ? "There is no non-mated comparison: give pictures of many people, a folder each."
                            : "Two people have a distance of " + sorted[0]
                                    + ": the same picture lies in two folders."));
        }
        List<Support> support = supported(candidates(comparisons, sorted));
        if (support.isEmpty() || support.get(0).measured().rate() > options.requiredRate()) {
            return new TooSmall(lacking(comparisons, sorted.length, support));
        }
        List<Calibration.Row> rows = support.stream()
                .map(row -> new Calibration.Row(row.distance(), row.measured().rate()))
                .toList();
        Calibration.Tail tail = tail(sorted, support.get(0));
        return new Calibrated(new Calibration(rows, words(comparisons, source), Optional.of(tail)), support);
    }

    /** Rates in steps of 1, 2, 5 with enough errors, ascending, each with what it rests on. */
    private List<Support> candidates(Comparisons comparisons, double[] sorted) {
        double[] distances = rates().filter(rate -> Math.floor(rate * sorted.length) >= options.minErrors())
                .map(rate -> sorted[(int) Math.floor(rate * sorted.length)])
                .distinct()
                .toArray();
        Interval[] intervals = options.bootstrap().falseMatchRates(comparisons, distances);
        Cells cells = Cells.of(comparisons, comparisons.nonMatedSide());
        List<Support> rows = new ArrayList<>();
        for (int i = 0; i < distances.length; i++) {
            double effective = cells.effectiveErrors(cells.errors(distances[i], true));
            rows.add(new Support(distances[i], comparisons.falseMatches(distances[i]), effective, intervals[i]));
        }
        return rows;
    }

    /** What is left above the last rate that is in doubt: no lower rate can be better supported. */
    private List<Support> supported(List<Support> candidates) {
        int first = 0;
        for (int i = 0; i < candidates.size(); i++) {
            Support row = candidates.get(i);
            boolean enough = row.measured().errors() >= options.minErrors();
            if (!enough
                    || row.interval().upper()
                            > options.maxDoubt() * row.measured().rate()) {
                first = i + 1;
            }
        }
        return candidates.subList(first, candidates.size());
    }

    private static DoubleStream rates() {
        return IntStream.iterate(DECADES, decade -> decade >= 1, decade -> decade - 1)
                .boxed()
                .flatMapToDouble(decade -> Arrays.stream(STEPS).map(step -> step * Math.pow(10, -decade)))
                .filter(rate -> rate <= HIGHEST);
    }

    private static Calibration.Tail tail(double[] sorted, Support first) {
        int errors = (int) first.measured().errors();
        int points = Math.min(TAIL_FACTOR * errors, sorted.length / 10);
        return TailFit.below(sorted, Math.max(points, errors), first.distance());
    }

    /** Comparisons grow with the square of the people, and so do the errors among them. */
    private Reason lacking(Comparisons comparisons, int count, List<Support> support) {
        int people = comparisons.nonMatedPeople();
        double supported = support.isEmpty() ? 1 : support.get(0).measured().rate();
        double needed = options.minErrors() / options.requiredRate();
        double factor =
                Math.max(needed / count, Math.max(2, support.isEmpty() ? 1 : supported / options.requiredRate()));
        return Reason.format(
                "evaluate.too-small",
                "%,d non-mated comparisons of %,d people support %s, not a false match rate of %s. That takes at least %d"
                        + " false matches of people who differ enough, hence %,.0f comparisons or more: give about %,.0f"
                        + " people with as many pictures each, or ask for a higher rate.",
                count,
                people,
                support.isEmpty() ? "no rate" : String.format(Locale.ROOT, "a rate of %.2g", supported),
                options.requiredRate(),
                options.minErrors(),
                factor * count,
                Math.ceil(people * Math.sqrt(factor)));
    }

    private static String words(Comparisons comparisons, String source) {
        return String.format(
                Locale.ROOT,
                "%,d non-mated comparisons of %,d people, %s",
                comparisons.nonMated(),
                comparisons.nonMatedPeople(),
                source);
    }
}
