package io.gatehouse.biometrics.evaluate.plot;

import io.gatehouse.biometrics.evaluate.Comparisons;
import io.gatehouse.biometrics.evaluate.GroupFigures;
import io.gatehouse.biometrics.evaluate.Interval;
import io.gatehouse.biometrics.evaluate.Proportion;
import io.gatehouse.biometrics.evaluate.SearchTrials;
import io.gatehouse.biometrics.evaluate.VerificationFigures;
import io.gatehouse.biometrics.evaluate.VerificationFigures.Point;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Draws what was measured. Stateless and thread-safe. */
public final class Plots {
    private static final Color[] COLOURS = {
        new Color(0x1F5FA8), new Color(0xC8521E), new Color(0x2E7D4F), new Color(0x7B4FA3), new Color(0x8A6D1B)
    };
    private static final Color REFERENCE = new Color(0x888888);
    private static final Color FRAME = new Color(0x222222);
    private static final int BINS = 80;

    private Plots() {}

    /**
     * FNMR over FMR on axes of normal deviates (Martin and others, The DET curve in assessment of detection task
     * performance, Eurospeech 1997), several systems by name. The dashed line is where both are equal.
     */
    public static Plot det(Map<String, VerificationFigures> systems) {
        double least = smallestRate(systems);
        double[] diagonal = {least, 0.4};
        List<Plot.Layer> layers = new ArrayList<>();
        layers.add(new Plot.Layer("equal error", REFERENCE, true, diagonal, diagonal, List.of()));
        curves(layers, systems, point -> point.fnmr().rate());
        return new Plot(
                "Detection error trade-off",
                Axis.deviate("False match rate (FMR)", least, 0.4),
                Axis.deviate("False non-match rate (FNMR)", Math.max(least, 1e-4), 0.6),
                layers,
                false);
    }

    /** True matches, 1 − FNMR, over FMR on a logarithmic axis. */
    public static Plot roc(Map<String, VerificationFigures> systems) {
        List<Plot.Layer> layers = new ArrayList<>();
        curves(layers, systems, point -> 1 - point.fnmr().rate());
        double lowest = systems.values().stream()
                .flatMap(system -> system.curve().stream())
                .filter(point -> point.fmr().rate() >= smallestRate(systems))
                .mapToDouble(point -> 1 - point.fnmr().rate())
                .min()
                .orElse(0);
        return new Plot(
                "Receiver operating characteristic",
                Axis.logarithmic("False match rate (FMR)", smallestRate(systems), 1),
                Axis.linear("True match rate (1 − FNMR)", Math.min(0.95, Math.floor(lowest * 20) / 20), 1, true),
                layers,
                true);
    }

    /** How mated and non-mated distances are spread, each side by itself; the dashed line is the threshold. */
    public static Plot histogram(Comparisons comparisons, OptionalDouble threshold) {
        double[] mated = comparisons.matedDistances();
        double[] nonMated = comparisons.nonMatedDistances();
        double high = Math.max(last(mated), last(nonMated)) * 1.02;
        double low = Math.min(0, Math.min(first(mated), first(nonMated)));
        double[] ofMated = parts(mated, low, high);
        double[] ofNonMated = parts(nonMated, low, high);
        double top = 1.1
                * Math.max(
                        Arrays.stream(ofMated).max().orElse(0),
                        Arrays.stream(ofNonMated).max().orElse(0));
        List<Plot.Layer> layers = new ArrayList<>();
        layers.add(bars("non-mated", faint(COLOURS[1]), ofNonMated, low, high));
        layers.add(bars("mated", faint(COLOURS[0]), ofMated, low, high));
        threshold.ifPresent(distance -> layers.add(new Plot.Layer(
                "threshold", FRAME, true, new double[] {distance, distance}, new double[] {0, top}, List.of())));
        return new Plot(
                "Distances",
                Axis.linear("Distance", low, high, false),
                Axis.linear("Part of the comparisons", 0, top, true),
                layers,
                false);
    }

    /** The cumulative match characteristic: how often the mate is among the first, by their number. */
    public static Plot cmc(SearchTrials trials, int ranks) {
        int most = Math.max(2, Math.min(ranks, trials.galleryPeople()));
        double[] x = IntStream.rangeClosed(1, most).asDoubleStream().toArray();
        double[] y = Arrays.stream(x)
                .map(rank -> trials.identifiedWithin((int) rank).rate())
                .toArray();
        double low = Math.max(0, Math.min(0.95, Math.floor(y[0] * 20) / 20 - 0.05));
        String name = trials.mated() + " searches of " + trials.galleryPeople() + " people";
        return new Plot(
                "Cumulative match characteristic",
                Axis.linear("Rank", 1, most, false),
                Axis.linear("Mate found within the rank", low, 1, true),
                List.of(new Plot.Layer(name, COLOURS[0], false, x, y, List.of())),
                true);
    }

    /** FMR of each group with its interval, on a logarithmic axis. */
    public static Plot falseMatchesByGroup(GroupFigures figures) {
        return byGroup("FMR by group", figures, GroupFigures.Group::fmr, GroupFigures.Group::fmrInterval);
    }

    /** FNMR of each group with its interval, on a logarithmic axis. */
    public static Plot falseNonMatchesByGroup(GroupFigures figures) {
        return byGroup("FNMR by group", figures, GroupFigures.Group::fnmr, GroupFigures.Group::fnmrInterval);
    }

    private static Plot byGroup(
            String title,
            GroupFigures figures,
            Function<GroupFigures.Group, Proportion> rate,
            Function<GroupFigures.Group, Interval> interval) {
        List<GroupFigures.Group> groups = figures.groups();
        double low = 1e-1;
        for (GroupFigures.Group group : groups) {
            double least = interval.apply(group).lower() > 0
                    ? interval.apply(group).lower()
                    : rate.apply(group).rate();
            low = least > 0 ? Math.min(low, least) : low;
        }
        double bottom = Math.pow(10, Math.floor(Math.log10(low)));
        List<Plot.Bar> bars = new ArrayList<>();
        List<Axis.Tick> ticks = new ArrayList<>();
        List<Plot.Layer> layers = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            GroupFigures.Group group = groups.get(i);
            double shown = Double.isNaN(rate.apply(group).rate())
                    ? bottom
                    : rate.apply(group).rate();
            bars.add(new Plot.Bar(i + 0.25, i + 0.75, bottom, shown));
            ticks.add(new Axis.Tick(i + 0.5, group.name() + (group.tooSmall().isPresent() ? " (too small)" : "")));
            double[] x = {i + 0.45, i + 0.55, i + 0.5, i + 0.5, i + 0.45, i + 0.55};
            double from = interval.apply(group).lower();
            double to = interval.apply(group).upper();
            layers.add(new Plot.Layer("", FRAME, false, x, new double[] {to, to, to, from, from, from}, List.of()));
        }
        layers.add(0, new Plot.Layer("rate, with its interval", COLOURS[0], false, new double[0], new double[0], bars));
        return new Plot(
                title,
                new Axis("Group", 0, Math.max(1, groups.size()), value -> value, ticks),
                Axis.logarithmic("Rate at the threshold", bottom, 1),
                layers,
                false);
    }

    private static void curves(
            List<Plot.Layer> layers, Map<String, VerificationFigures> systems, ToDoubleFunction<Point> up) {
        double least = smallestRate(systems);
        systems.forEach((name, figures) -> {
            // Beyond what one comparison weighs there is nothing to see.
            List<Point> points = figures.curve().stream()
                    .filter(point -> point.fmr().rate() >= least && point.fmr().rate() < 1)
                    .toList();
            layers.add(new Plot.Layer(
                    name,
                    COLOURS[layers.size() % COLOURS.length],
                    false,
                    points.stream().mapToDouble(point -> point.fmr().rate()).toArray(),
                    points.stream().mapToDouble(up).toArray(),
                    List.of()));
        });
    }

    /** The decade of one false match among the comparisons, at most 1 in 1,000 and at least 1 in a million. */
    private static double smallestRate(Map<String, VerificationFigures> systems) {
        long most = systems.values().stream()
                .flatMap(system -> system.curve().stream())
                .mapToLong(point -> point.fmr().trials())
                .max()
                .orElseThrow(() -> new IllegalArgumentException("a plot of curves takes at least one system"));
        return Math.max(1e-6, Math.min(1e-3, Math.pow(10, Math.floor(-Math.log10((double) most)))));
    }

    private static Plot.Layer bars(String name, Color colour, double[] parts, double low, double high) {
        List<Plot.Bar> bars = new ArrayList<>();
        double step = (high - low) / parts.length;
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] > 0) {
                bars.add(new Plot.Bar(low + i * step, low + (i + 1) * step, 0, parts[i]));
            }
        }
        return new Plot.Layer(name, colour, false, new double[0], new double[0], bars);
    }

    private static double[] parts(double[] values, double low, double high) {
        double[] parts = new double[BINS];
        for (double value : values) {
            parts[(int) Math.min(BINS - 1, (value - low) / (high - low) * BINS)] += 1.0 / values.length;
        }
        return parts;
    }

    private static Color faint(Color colour) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 150);
    }

    private static double first(double[] sorted) {
        return sorted.length == 0 ? 0 : sorted[0];
    }

    private static double last(double[] sorted) {
        return sorted.length == 0 ? 1 : sorted[sorted.length - 1];
    }
}
