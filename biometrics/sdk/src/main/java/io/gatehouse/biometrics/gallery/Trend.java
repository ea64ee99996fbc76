package io.gatehouse.biometrics.gallery;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * How far a person's accepted probes lie from their reference, as four numbers of which no probe can be found again. The
 * first probes make the baseline; after them the level follows as an exponentially weighted mean whose steps are held
 * within 2.5 deviations (Huber's way), so that a single bad picture moves it little. A rise counts if it is both large
 * and beyond chance: four standard errors of the difference, whose variance is that of a probe × (α / (2 − α) + 1 / 20),
 * the first for the level and the second for the baseline.
 *
 * <p>Only what was accepted is seen: somebody who has drifted so far that most probes are refused shows a smaller rise
 * than is real, and comes to notice by being refused.
 *
 * @param count    how many probes
 * @param baseline the mean distance of the first
 * @param level    the mean distance of the last
 * @param variance of a probe about the level
 */
record Trend(int count, double baseline, double level, double variance) {
    static final int LEARNED = 20;
    static final Trend NONE = new Trend(0, 0, 0, 0);

    private static final byte FORM = 1;
    private static final double HELD = 2.5;
    private static final double ERRORS = 4;
    // Nobody's probes agree better than this; it keeps a lucky beginning from holding the level for ever.
    private static final double LEAST_DEVIATION = 0.01;

    Trend {
        if (count < 0 || !Double.isFinite(baseline + level + variance) || variance < 0) {
            throw new IllegalArgumentException("a trend is of finite numbers");
        }
    }

    Trend with(double distance, TemplateAging aging) {
        int next = count == Integer.MAX_VALUE ? count : count + 1;
        if (count < LEARNED) {
            double mean = baseline + (distance - baseline) / next;
            double spread = count == 0 ? 0 : variance + ((distance - baseline) * (distance - mean) - variance) / next;
            return new Trend(next, mean, mean, Math.max(0, spread));
        }
        double alpha = alpha(aging);
        double held = HELD * Math.max(LEAST_DEVIATION, Math.sqrt(variance));
        double step = Math.max(-held, Math.min(held, distance - level));
        return new Trend(next, baseline, level + alpha * step, (1 - alpha) * (variance + alpha * step * step));
    }

    boolean hasRisen(TemplateAging aging) {
        double alpha = alpha(aging);
        double error = Math.sqrt(variance * (alpha / (2 - alpha) + 1.0 / LEARNED));
        return count >= aging.minProbes() && level - baseline > Math.max(aging.minRise() * baseline, ERRORS * error);
    }

    private static double alpha(TemplateAging aging) {
        return 2.0 / (aging.memory() + 1);
    }

    byte[] encoded() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(FORM);
        out.writeInt(count);
        out.writeDouble(baseline);
        out.writeDouble(level);
        out.writeDouble(variance);
        return bytes.toByteArray();
    }

    static Trend decoded(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readByte() != FORM) {
            throw new IOException("a template's trend is in a form that this version of Gatehouse does not know");
        }
        try {
            return new Trend(in.readInt(), in.readDouble(), in.readDouble(), in.readDouble());
        } catch (IllegalArgumentException e) {
            throw new IOException("a template's trend was altered: restore the database from a backup", e);
        }
    }
}
