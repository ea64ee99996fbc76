package io.gatehouse.codes.internal.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Looks for finder patterns: a line through the middle of one crosses dark, light, dark, light, dark in the ratio
 * 1:1:3:1:1, at any angle (ISO/IEC 18004, 12). Each crossing along a row is checked along the column and one diagonal.
 */
final class FinderScan {
    private static final int RUNS = 5;
    private static final double MODULES = 7;

    /** More than this is a texture; what crossed most lines is kept. */
    private static final int MOST = 70;

    private static final int MOST_LINES = 700;

    private final Binary binary;
    private final int step;
    private final List<Finder> found = new ArrayList<>();

    private FinderScan(Binary binary) {
        this.binary = binary;
        this.step = Math.max(1, binary.height() / MOST_LINES);
    }

    /** The finder patterns, those that crossed most lines first. */
    static List<Finder> of(Binary binary) {
        FinderScan scan = new FinderScan(binary);
        for (int y = scan.step / 2; y < binary.height(); y += scan.step) {
            scan.row(y);
        }
        return scan.found.stream()
                .sorted(Comparator.comparingInt(Finder::hits).reversed())
                .limit(MOST)
                .map(scan::measured)
                .toList();
    }

    /**
     * With the width of a module from the area of the dark middle, which is nine modules however the symbol is turned; a
     * line across a turned one is longer than its side.
     */
    private Finder measured(Finder finder) {
        int reach = (int) Math.ceil(4 * finder.module());
        int left = (int) finder.x() - reach;
        int top = (int) finder.y() - reach;
        int side = 2 * reach + 1;
        boolean[] seen = new boolean[side * side];
        int[] open = new int[side * side];
        int count = 0;
        int next = 0;
        int start = reach * side + reach;
        seen[start] = true;
        open[count++] = start;
        while (next < count) {
            int at = open[next++];
            int x = at % side;
            int y = at / side;
            if (x == 0 || y == 0 || x == side - 1 || y == side - 1) {
                return finder;
            }
            for (int neighbour : new int[] {at - 1, at + 1, at - side, at + side}) {
                int pixelX = left + neighbour % side;
                int pixelY = top + neighbour / side;
                if (!seen[neighbour] && binary.isInside(pixelX, pixelY) && binary.isDark(pixelX, pixelY)) {
                    seen[neighbour] = true;
                    open[count++] = neighbour;
                }
            }
        }
        double module = Math.sqrt(count / 9.0);
        boolean plausible = module > 0.5 * finder.module() && module < 1.3 * finder.module();
        return plausible ? Finder.of(finder.x(), finder.y(), module, finder.hits(), step) : finder;
    }

    private void row(int y) {
        int[] runs = new int[RUNS];
        boolean dark = false;
        int length = 0;
        for (int x = 0; x <= binary.width(); x++) {
            boolean now = x < binary.width() && binary.isDark(x, y);
            if (now == dark && x < binary.width()) {
                length++;
                continue;
            }
            System.arraycopy(runs, 1, runs, 0, RUNS - 1);
            runs[RUNS - 1] = length;
            if (dark && isFinder(runs)) {
                candidate(x - runs[4] - runs[3] - runs[2] / 2.0, y, sum(runs));
            }
            dark = now;
            length = 1;
        }
    }

    private void candidate(double x, int y, int across) {
        double[] down = cross((int) x, y, 0, 1, across);
        if (down.length == 0) {
            return;
        }
        double middleY = down[0];
        double[] along = cross((int) x, (int) middleY, 1, 0, across);
        if (along.length == 0) {
            return;
        }
        double middleX = along[0];
        if (cross((int) middleX, (int) middleY, 1, 1, across).length == 0
                && cross((int) middleX, (int) middleY, 1, -1, across).length == 0) {
            return;
        }
        add(middleX, middleY, Math.sqrt(along[1] * down[1]) / MODULES);
    }

    /** Where a line through this point has its middle, along x or y, and how long the pattern is on it; empty if it is none. */
    private double[] cross(int x, int y, int stepX, int stepY, int across) {
        int limit = 2 * across + 4;
        int[] runs = new int[RUNS];
        if (!binary.isInside(x, y) || !binary.isDark(x, y)) {
            return new double[0];
        }
        int back = count(x, y, -stepX, -stepY, runs, -1, limit);
        int forth = count(x, y, stepX, stepY, runs, 1, limit);
        if (back < 0 || forth < 0) {
            return new double[0];
        }
        // The middle run was counted from its point both ways, the point itself twice.
        int total = sum(runs) - 1;
        runs[2]--;
        if (!isFinder(runs) || total > 3 * across || 3 * total < across) {
            return new double[0];
        }
        double start = (stepX != 0 ? x : y) - (back - 1);
        return new double[] {start + runs[0] + runs[1] + runs[2] / 2.0, total};
    }

    /** Counts the runs from the middle outwards; gives how far it went, or -1 if the pattern does not end inside the picture or the limit. */
    private int count(int fromX, int fromY, int stepX, int stepY, int[] runs, int direction, int limit) {
        int x = fromX;
        int y = fromY;
        int went = 0;
        for (int ring = 0; ring <= 2; ring++) {
            boolean dark = ring != 1;
            int run = 0;
            while (binary.isInside(x, y) && binary.isDark(x, y) == dark) {
                run++;
                x += stepX;
                y += stepY;
                if (++went > limit) {
                    return -1;
                }
            }
            if (run == 0 || (ring < 2 && !binary.isInside(x, y))) {
                return -1;
            }
            runs[2 + direction * ring] += run;
        }
        return went;
    }

    /** Each run within 0.75 of a module (blur widens one colour at the cost of the other), the middle within 1.6. */
    private static boolean isFinder(int[] runs) {
        double module = sum(runs) / MODULES;
        if (module < 1 || runs[1] == 0 || runs[3] == 0) {
            return false;
        }
        double most = 0.75 * module + 0.4;
        return Math.abs(runs[0] - module) < most
                && Math.abs(runs[1] - module) < most
                && Math.abs(runs[3] - module) < most
                && Math.abs(runs[4] - module) < most
                && Math.abs(runs[2] - 3 * module) < 1.6 * module;
    }

    private void add(double x, double y, double module) {
        for (int i = 0; i < found.size(); i++) {
            Finder known = found.get(i);
            if (Math.hypot(known.x() - x, known.y() - y) < 2 * Math.max(known.module(), module)
                    && Math.max(known.module(), module) < 1.7 * Math.min(known.module(), module)) {
                double weight = 1.0 / (known.hits() + 1);
                found.set(
                        i,
                        Finder.of(
                                known.x() + (x - known.x()) * weight,
                                known.y() + (y - known.y()) * weight,
                                known.module() + (module - known.module()) * weight,
                                known.hits() + 1,
                                step));
                return;
            }
        }
        found.add(Finder.of(x, y, module, 1, step));
    }

    private static int sum(int[] runs) {
        return runs[0] + runs[1] + runs[2] + runs[3] + runs[4];
    }
}
