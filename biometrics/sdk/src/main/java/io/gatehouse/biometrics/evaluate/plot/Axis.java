package io.gatehouse.biometrics.evaluate.plot;

import io.gatehouse.biometrics.evaluate.internal.Normal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * An axis: its name, its ends, how values go onto it, and where its ticks are. Immutable.
 *
 * @param name  what it shows
 * @param low   the value at its beginning
 * @param high  the value at its end
 * @param scale from values to lengths, ascending
 * @param ticks values with their labels
 */
record Axis(String name, double low, double high, DoubleUnaryOperator scale, List<Tick> ticks) {
    private static final double[] DEVIATES = {
        1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99
    };

    record Tick(double value, String label) {}

    /** A position from 0 to 1; what lies outside is put onto the nearest end. */
    double at(double value) {
        double clipped = Math.max(low, Math.min(high, value));
        double from = scale.applyAsDouble(low);
        return (scale.applyAsDouble(clipped) - from) / (scale.applyAsDouble(high) - from);
    }

    /** Rates by their normal deviate: a DET curve of normally distributed scores is a straight line. */
    static Axis deviate(String name, double low, double high) {
        List<Tick> ticks = new ArrayList<>();
        for (double value : DEVIATES) {
            if (value >= low && value <= high) {
                ticks.add(new Tick(value, percent(value)));
            }
        }
        return new Axis(name, low, high, Normal::quantile, ticks);
    }

    /** Rates by their logarithm. */
    static Axis logarithmic(String name, double low, double high) {
        List<Tick> ticks = new ArrayList<>();
        for (int decade = (int) Math.ceil(Math.log10(low) - 1e-9); decade <= Math.log10(high) + 1e-9; decade++) {
            double value = Math.pow(10, decade);
            ticks.add(new Tick(value, percent(value)));
        }
        return new Axis(name, low, high, Math::log10, ticks);
    }

    /** Plain numbers, about six ticks at round ones. */
    static Axis linear(String name, double low, double high, boolean percent) {
        double rough = (high - low) / 6;
        double decade = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = rough / decade > 5
                ? 10 * decade
                : rough / decade > 2 ? 5 * decade : rough / decade > 1 ? 2 * decade : decade;
        List<Tick> ticks = new ArrayList<>();
        for (double value = Math.ceil(low / step - 1e-9) * step; value <= high + step * 1e-6; value += step) {
            String label = percent ? percent(value) : trimmed(value);
            ticks.add(new Tick(value, label));
        }
        return new Axis(name, low, high, DoubleUnaryOperator.identity(), ticks);
    }

    private static String percent(double value) {
        return trimmed(value * 100) + " %";
    }

    private static String trimmed(double value) {
        // Adding 0 turns −0 into 0.
        String text = String.format(Locale.ROOT, "%.6f", value + 0.0);
        return text.indexOf('.') < 0 ? text : text.replaceFirst("\\.?0+$", "");
    }
}
