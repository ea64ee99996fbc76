package io.gatehouse.codes.symbol.hard;

import io.gatehouse.codes.symbol.ErrorCorrection;
import io.gatehouse.codes.symbol.QrOptions;
import io.gatehouse.codes.symbol.QrSymbol;
import io.gatehouse.codes.symbol.QrWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws hard pictures: the same kind and seed give the same picture. A symbol is drawn through a camera's perspective
 * with nine rays a pixel onto a ground with things on it, then degraded. Not thread-safe.
 */
public final class HardPictures {
    private static final String ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    private static final int RAYS = 3;

    private final Degradation kind;
    private final long seed;
    private final SplittableRandom random;
    private final double strength;
    private final boolean large;
    private final List<String> texts = new ArrayList<>();

    private HardPictures(Degradation kind, long seed) {
        this.kind = kind;
        this.seed = seed;
        this.random = new SplittableRandom(seed * 1_000_003 + kind.name().hashCode());
        this.strength = random.nextDouble();
        this.large = random.nextInt(4) == 0;
    }

    /** The picture of this kind and seed. */
    public static HardPicture draw(Degradation kind, long seed) {
        return new HardPictures(kind, seed).draw();
    }

    private HardPicture draw() {
        Canvas canvas = kind == Degradation.MANY || kind == Degradation.HIGH_VERSION || large
                ? new Canvas(1280, 960)
                : new Canvas(800, 600);
        Ground.paint(canvas, random);
        double module = kind == Degradation.MANY ? drawMany(canvas) : drawOne(canvas);
        takePicture(canvas, module);
        float quality = kind == Degradation.NOISE ? (float) (0.6 - 0.45 * strength) : 0.85f;
        return new HardPicture(canvas.toFrame(quality, kind + "-" + seed), texts, kind, strength, seed);
    }

    private double drawMany(Canvas canvas) {
        int columns = 4 + random.nextInt(2);
        int rows = 2 + random.nextInt(3);
        double cell = Math.min((double) canvas.width / columns, (double) canvas.height / rows);
        double least = Double.MAX_VALUE;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                QrSymbol symbol = symbol(text(8 + random.nextInt(60)));
                double side = cell * random.nextDouble(0.45, 0.62);
                double x = canvas.width * (column + 0.5) / columns;
                double y = canvas.height * (row + 0.5) / rows;
                paint(canvas, symbol, Pose.facing(x, y, side, random).tilted(random.nextDouble(0, 0.5)), 3, 20, 235);
                least = Math.min(least, side / symbol.size());
            }
        }
        return least;
    }

    private double drawOne(Canvas canvas) {
        QrSymbol symbol = symbol(text(
                switch (kind) {
                    case HIGH_VERSION -> random.nextInt(350, 1500);
                    case LOW_RESOLUTION, CURVED -> random.nextInt(10, 90);
                    default -> random.nextInt(10, 160);
                }));
        int quiet = kind == Degradation.CLUTTER ? 1 : random.nextInt(2, 5);
        double module = switch (kind) {
            case LOW_RESOLUTION -> 2.4 - 1.2 * strength;
            case HIGH_VERSION -> 5.0 - 2.6 * strength;
            default -> random.nextDouble(3, 7) * (large ? 1.8 : 1);
        };
        double most = Math.min(canvas.width, canvas.height) * 0.62;
        double side = Math.min(module * symbol.size(), most);
        double slack = Math.min(canvas.width, canvas.height) / 2.0 - 0.75 * side;
        Pose pose = pose(Pose.facing(
                canvas.width / 2.0 + random.nextDouble(-1, 1) * slack,
                canvas.height / 2.0 + random.nextDouble(-1, 1) * slack,
                side,
                random));
        if (kind == Degradation.CLUTTER) {
            Ground.clutter(canvas, pose, symbol.size(), strength, random);
        }
        double dark = random.nextDouble(10, 45);
        double light = random.nextDouble(180, 240);
        switch (kind) {
            case INVERTED -> paint(canvas, symbol, pose, quiet, light, dark);
            case LOW_CONTRAST -> paint(canvas, symbol, pose, quiet, 105, 105 + 62 - 48 * strength);
            default -> paint(canvas, symbol, pose, quiet, dark, light);
        }
        Stains.lay(kind, canvas, pose, strength, random);
        return side / symbol.size();
    }

    private Pose pose(Pose facing) {
        return switch (kind) {
            case PERSPECTIVE -> facing.tilted(Math.toRadians(30 + 38 * strength));
            case CURVED -> facing.bent(Math.toRadians(60 + 80 * strength));
            default -> facing;
        };
    }

    private void takePicture(Canvas canvas, double module) {
        switch (kind) {
            case BLUR -> canvas.blur(module * (0.3 + 0.45 * strength));
            case MOTION -> canvas.smear(module * (0.6 + 1.5 * strength), random.nextDouble(0, Math.PI));
            default -> canvas.blur(Math.min(1.2, module * random.nextDouble(0.08, 0.22)));
        }
        switch (kind) {
            case NOISE -> canvas.noise(8 + 52 * strength, 0.03 * strength, random);
            case LOW_CONTRAST -> canvas.noise(4 + 10 * strength, 0, random);
            default -> canvas.noise(random.nextDouble(1, 4), 0, random);
        }
    }

    /** Dark and light as given, whichever is brighter. */
    private static void paint(Canvas canvas, QrSymbol symbol, Pose pose, int quiet, double dark, double light) {
        int size = symbol.size();
        Pose.Look look = pose.look();
        int reach = (int) (1.6 * pose.side());
        int left = Math.max(0, (int) pose.centreX() - reach);
        int right = Math.min(canvas.width, (int) pose.centreX() + reach);
        int bottom = Math.min(canvas.height, (int) pose.centreY() + reach);
        for (int y = Math.max(0, (int) pose.centreY() - reach); y < bottom; y++) {
            for (int x = left; x < right; x++) {
                double sum = 0;
                int hits = 0;
                for (int ray = 0; ray < RAYS * RAYS; ray++) {
                    double[] at = look.at(x + (ray % RAYS + 0.5) / RAYS, y + (Math.floorDiv(ray, RAYS) + 0.5) / RAYS);
                    if (at == null) {
                        continue;
                    }
                    double column = Math.floor(at[0] * size);
                    double row = Math.floor(at[1] * size);
                    if (Math.min(column, row) >= -quiet && Math.max(column, row) < size + quiet) {
                        sum += symbol.isDark((int) column, (int) row) ? dark : light;
                        hits++;
                    }
                }
                if (hits > 0) {
                    int rays = RAYS * RAYS;
                    canvas.set(x, y, (sum + (rays - hits) * canvas.at(x, y)) / rays);
                }
            }
        }
    }

    private QrSymbol symbol(String text) {
        ErrorCorrection level = List.of(ErrorCorrection.values()).get(random.nextInt(4));
        if (kind == Degradation.HIGH_VERSION) {
            level = random.nextBoolean() ? ErrorCorrection.L : ErrorCorrection.M;
        }
        texts.add(text);
        return QrWriter.create(new QrOptions(level, 4, 1)).write(text);
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder(length);
        boolean alphanumeric = random.nextInt(3) > 0;
        for (int i = 0; i < length; i++) {
            text.append(
                    alphanumeric
                            ? ALPHANUMERIC.charAt(random.nextInt(ALPHANUMERIC.length()))
                            : (char) random.nextInt('!', '~'));
        }
        return text.toString();
    }
}
