package io.gatehouse.codes.symbol.hard;

import java.util.SplittableRandom;

/** Light, shadow and dirt on a symbol that was painted. Not thread-safe. */
final class Stains {
    private Stains() {}

    static void lay(Degradation kind, Canvas canvas, Pose pose, double strength, SplittableRandom random) {
        switch (kind) {
            case GLARE -> glare(canvas, pose, strength, random);
            case SHADOW -> shadow(canvas, pose, strength, random);
            case DAMAGE -> damage(canvas, pose, strength, random);
            default -> {
                // Nothing lies on the others.
            }
        }
    }

    private static void glare(Canvas canvas, Pose pose, double strength, SplittableRandom random) {
        for (int spot = random.nextInt(1, 4); spot > 0; spot--) {
            double x = pose.centreX() + pose.side() * random.nextDouble(-0.5, 0.5);
            double y = pose.centreY() + pose.side() * random.nextDouble(-0.5, 0.5);
            double wide = pose.side() * (0.03 + 0.13 * strength) * random.nextDouble(0.5, 1);
            double high = wide * random.nextDouble(0.4, 1);
            for (int i = 0; i < canvas.grey.length; i++) {
                double dx = (i % canvas.width - x) / wide;
                double dy = (Math.floorDiv(i, canvas.width) - y) / high;
                double light = 420 * Math.exp(-(dx * dx + dy * dy) / 2);
                canvas.grey[i] = (float) Math.min(255, canvas.grey[i] + light);
            }
        }
    }

    private static void shadow(Canvas canvas, Pose pose, double strength, SplittableRandom random) {
        double angle = random.nextDouble(0, 2 * Math.PI);
        double offset = pose.side() * random.nextDouble(-0.3, 0.3);
        double width = pose.side() * random.nextDouble(0.2, 1.5);
        double dim = 0.6 - 0.45 * strength;
        for (int i = 0; i < canvas.grey.length; i++) {
            double along = (i % canvas.width - pose.centreX()) * Math.cos(angle)
                    + (Math.floorDiv(i, canvas.width) - pose.centreY()) * Math.sin(angle)
                    - offset;
            double edge =
                    Math.max(0, Math.min(1, along / 3 + 0.5)) * Math.max(0, Math.min(1, (width - along) / 3 + 0.5));
            double fall = Math.max(0.25, 1 - 0.5 * Math.abs(along) / canvas.width);
            canvas.grey[i] = (float) (canvas.grey[i] * fall * (1 - edge * (1 - dim)));
        }
    }

    private static void damage(Canvas canvas, Pose pose, double strength, SplittableRandom random) {
        double area = (0.01 + 0.1 * strength) * pose.side() * pose.side();
        while (area > 0) {
            double x = pose.centreX() + pose.side() * random.nextDouble(-0.55, 0.55);
            double y = pose.centreY() + pose.side() * random.nextDouble(-0.55, 0.55);
            double grey = random.nextBoolean() ? random.nextDouble(150, 250) : random.nextDouble(0, 110);
            boolean scratch = random.nextInt(3) == 0;
            double length = pose.side() * (scratch ? random.nextDouble(0.3, 0.9) : random.nextDouble(0.03, 0.16));
            double thick = scratch ? pose.side() * random.nextDouble(0.008, 0.025) : length * random.nextDouble(0.5, 1);
            ellipse(canvas, x, y, length / 2, thick / 2, random.nextDouble(0, Math.PI), grey);
            area -= Math.PI * length * thick / 4;
        }
    }

    private static void ellipse(
            Canvas canvas, double x, double y, double halfLong, double halfShort, double angle, double grey) {
        int reach = (int) Math.ceil(halfLong);
        for (int dy = -reach; dy <= reach; dy++) {
            for (int dx = -reach; dx <= reach; dx++) {
                double along = (dx * Math.cos(angle) + dy * Math.sin(angle)) / halfLong;
                double across = (-dx * Math.sin(angle) + dy * Math.cos(angle)) / halfShort;
                if (along * along + across * across <= 1) {
                    canvas.set((int) x + dx, (int) y + dy, grey);
                }
            }
        }
    }
}
