package io.gatehouse.codes.symbol.hard;

import java.util.SplittableRandom;

/** What lies behind and around a symbol. Not thread-safe. */
final class Ground {
    private Ground() {}

    /** Light that changes across, boxes, and lines of something like writing. */
    static void paint(Canvas canvas, SplittableRandom random) {
        double base = random.nextDouble(90, 210);
        double acrossX = random.nextDouble(-50, 50);
        double acrossY = random.nextDouble(-50, 50);
        for (int y = 0; y < canvas.height; y++) {
            for (int x = 0; x < canvas.width; x++) {
                canvas.set(x, y, base + acrossX * x / canvas.width + acrossY * y / canvas.height);
            }
        }
        for (int box = random.nextInt(4, 14); box > 0; box--) {
            int width = random.nextInt(20, canvas.width / 3);
            int height = random.nextInt(10, canvas.height / 3);
            fill(
                    canvas,
                    random.nextInt(canvas.width),
                    random.nextInt(canvas.height),
                    width,
                    height,
                    random.nextDouble(30, 240));
        }
        for (int line = random.nextInt(2, 10); line > 0; line--) {
            write(canvas, random.nextInt(canvas.width), random.nextInt(canvas.height), random.nextInt(60, 400), random);
        }
    }

    private static void fill(Canvas canvas, int left, int top, int width, int height, double grey) {
        for (int y = top; y < top + height; y++) {
            for (int x = left; x < left + width; x++) {
                canvas.set(x, y, grey);
            }
        }
    }

    private static void write(Canvas canvas, int left, int top, int length, SplittableRandom random) {
        int size = random.nextInt(6, 20);
        for (int x = left; x < left + length; x += size) {
            int strokes = random.nextInt(4);
            for (int stroke = 0; stroke < strokes; stroke++) {
                boolean upright = random.nextBoolean();
                int thick = Math.max(1, size / 6);
                fill(
                        canvas,
                        x + random.nextInt(size / 2),
                        top + random.nextInt(size / 2),
                        upright ? thick : size / 2,
                        upright ? size : thick,
                        30);
            }
        }
    }

    /** Squares in squares, stripes and dots, close to the symbol: what looks like finder patterns and is none. */
    static void clutter(Canvas canvas, Pose pose, int size, double strength, SplittableRandom random) {
        double module = pose.side() / size;
        int things = (int) (30 + 150 * strength);
        for (int i = 0; i < things; i++) {
            double angle = random.nextDouble(0, 2 * Math.PI);
            double away = pose.side() * random.nextDouble(0.55, 1.1);
            int x = (int) (pose.centreX() + away * Math.cos(angle));
            int y = (int) (pose.centreY() + away * Math.sin(angle));
            int unit = (int) Math.max(1, Math.round(module * random.nextDouble(0.7, 1.4)));
            switch (random.nextInt(4)) {
                case 0 -> {
                    for (int ring = 7; ring > 0; ring -= 2) {
                        int at = (7 - ring) / 2 * unit;
                        fill(canvas, x + at, y + at, ring * unit, ring * unit, ring % 4 == 3 ? 20 : 225);
                    }
                }
                case 1 -> {
                    for (int stripe = 0; stripe < 6; stripe++) {
                        fill(canvas, x + 2 * stripe * unit, y, unit, 8 * unit, 20);
                    }
                }
                case 2 -> write(canvas, x, y, 20 * unit, random);
                default ->
                    fill(
                            canvas,
                            x,
                            y,
                            unit * random.nextInt(1, 6),
                            unit * random.nextInt(1, 6),
                            random.nextBoolean() ? 15 : 235);
            }
        }
    }
}
