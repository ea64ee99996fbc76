package io.gatehouse.codes.internal.read;

import com.google.zxing.DecodeHintType;
import com.google.zxing.ReaderException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.DecoderResult;
import com.google.zxing.qrcode.decoder.Decoder;
import io.gatehouse.codes.internal.read.GridFit.Fitted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Reads symbols where outlines fail: finds finder patterns, fits the grid by contrast, equalises the modules and has ZXing
 * correct the errors. Stateless and thread-safe.
 */
public final class GridReader {
    private static final int LEAST_CONTRAST = 6;
    private static final int MOST_FAILURES = 12;
    private static final double LEAST_MODULE = 1.6;
    private static final double MOST_MODULE = 9;
    private static final double LIKELY = 0.6;
    private static final int MOST_GUESSES = 4;

    private GridReader() {}

    /**
     * The symbols in a picture, dark on light.
     *
     * @param late asked between two triples of finder patterns; true ends the search
     */
    public static List<Found> read(Grey grey, BooleanSupplier late) {
        return read(grey, finders(grey), late);
    }

    private static List<Found> read(Grey grey, List<Finder> finders, BooleanSupplier late) {
        List<Found> found = new ArrayList<>();
        List<Finder> used = new ArrayList<>();
        int failures = 0;
        for (Triple triple : Triple.of(finders)) {
            if (late.getAsBoolean() || failures > MOST_FAILURES + 4 * found.size()) {
                break;
            }
            if (used.stream().anyMatch(triple::shares)) {
                continue;
            }
            Optional<Found> symbol = read(grey, GridFit.of(grey, triple));
            if (symbol.isPresent()) {
                found.add(symbol.get());
                used.addAll(List.of(triple.corner(), triple.right(), triple.down()));
            } else {
                failures++;
            }
        }
        if (found.isEmpty()) {
            guessed(grey, finders, late).ifPresent(found::add);
        }
        return found;
    }

    /** With one finder pattern that cannot be seen: the likeliest of the places where it may be. */
    private static Optional<Found> guessed(Grey grey, List<Finder> finders, BooleanSupplier late) {
        List<Finder> wholeFirst = finders.stream()
                .sorted(Comparator.comparingDouble(Finder::whole)
                        .thenComparingInt(Finder::hits)
                        .reversed())
                .toList();
        List<Fitted> fitted = new ArrayList<>();
        for (Triple guess : Triple.guesses(wholeFirst)) {
            if (late.getAsBoolean()) {
                return Optional.empty();
            }
            fitted.addAll(GridFit.ofGuess(grey, guess));
        }
        fitted.sort(Comparator.comparingDouble(Fitted::contrast).reversed());
        return read(grey, fitted.subList(0, Math.min(MOST_GUESSES, fitted.size())));
    }

    private static List<Finder> finders(Grey grey) {
        List<Finder> finders = new ArrayList<>();
        int small = Math.max(8, grey.smallerSide() / 16);
        for (int reach : new int[] {small, Math.max(4, small / 3)}) {
            for (Finder finder : FinderScan.of(Binary.of(grey, reach, 3))) {
                boolean usable = finder.module() >= LEAST_MODULE && finder.module() <= MOST_MODULE;
                if (usable && finders.stream().noneMatch(it -> it.distanceTo(finder) < 2 * it.module())) {
                    finders.add(finder);
                }
            }
        }
        return finders;
    }

    /** How many finder patterns there seem to be, each crossed by several lines. */
    public static int finderPatterns(Grey grey) {
        return (int) finders(grey).stream().filter(finder -> finder.hits() > 2).count();
    }

    /** How many likely triples of finder patterns lie in none of these symbols, each x and y of four corners. */
    public static int unread(Grey grey, List<double[]> symbols) {
        List<Finder> left = finders(grey).stream()
                .filter(finder -> finder.hits() > 2
                        && symbols.stream()
                                .noneMatch(
                                        symbol -> holds(symbol, finder.x() * grey.scale(), finder.y() * grey.scale())))
                .toList();
        return (int) Triple.of(left).stream()
                .filter(triple -> triple.doubt() < LIKELY)
                .count();
    }

    /** Whether a point lies in a convex four-sided figure. */
    private static boolean holds(double[] corners, double x, double y) {
        int left = 0;
        for (int i = 0; i < 8; i += 2) {
            int next = (i + 2) % 8;
            double side = (corners[next] - corners[i]) * (y - corners[i + 1])
                    - (corners[next + 1] - corners[i + 1]) * (x - corners[i]);
            left += side > 0 ? 1 : 0;
        }
        return left == 0 || left == 4;
    }

    private static Optional<Found> read(Grey grey, List<Fitted> grids) {
        for (Fitted fitted : grids) {
            if (fitted.contrast() < LEAST_CONTRAST) {
                continue;
            }
            Pilots pilots = Pilots.of(fitted.version());
            ModuleGrid grid = ModuleGrid.of(grey, fitted.warp());
            List<Way> ways = List.of(
                    new Way("grid", grid::plain),
                    new Way("grid equalised 3", () -> grid.equalised(pilots, 1, 0.003, true)),
                    new Way("grid equalised 5", () -> grid.equalised(pilots, 2, 0.02, true)),
                    new Way("grid equalised 5 raw", () -> grid.equalised(pilots, 2, 0.0005, false)));
            for (Way way : ways) {
                Optional<DecoderResult> content = decode(way.bits().get());
                if (content.isPresent()) {
                    return Optional.of(new Found(content.get(), corners(grey, fitted.warp()), way.name()));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<DecoderResult> decode(BitMatrix bits) {
        try {
            return Optional.of(new Decoder().decode(bits, Map.of(DecodeHintType.TRY_HARDER, Boolean.TRUE)));
        } catch (ReaderException e) {
            return Optional.empty();
        }
    }

    private record Way(String name, Supplier<BitMatrix> bits) {}

    private static double[] corners(Grey grey, Warp warp) {
        int size = warp.size();
        float[] points = {0, 0, size, 0, size, size, 0, size};
        warp.toPixels(points);
        double[] corners = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            corners[i] = points[i] * grey.scale();
        }
        return corners;
    }
}
