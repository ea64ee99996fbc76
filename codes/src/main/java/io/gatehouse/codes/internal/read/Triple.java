package io.gatehouse.codes.internal.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Three finder patterns that may be one symbol's. Immutable.
 *
 * @param corner the one between the others
 * @param right  the one at the end of the upper edge
 * @param down   the one at the end of the left edge
 * @param doubt  how unlike a symbol they lie, 0 for a square seen from the front
 */
record Triple(Finder corner, Finder right, Finder down, double doubt) {
    private static final int MOST = 160;
    private static final double LEAST_MODULES = 9;
    private static final double MOST_MODULES = 190;

    /** The likely triples, likeliest first. */
    static List<Triple> of(List<Finder> finders) {
        List<Triple> triples = new ArrayList<>();
        for (Finder corner : finders) {
            for (int i = 0; i < finders.size(); i++) {
                for (int j = i + 1; j < finders.size(); j++) {
                    Finder a = finders.get(i);
                    Finder b = finders.get(j);
                    if (!a.equals(corner)
                            && !b.equals(corner)
                            && similar(corner, a)
                            && similar(corner, b)
                            && similar(a, b)) {
                        add(corner, a, b, triples);
                    }
                }
            }
        }
        triples.sort(Comparator.comparingDouble(Triple::doubt));
        return triples.size() > MOST ? List.copyOf(triples.subList(0, MOST)) : List.copyOf(triples);
    }

    private static boolean similar(Finder a, Finder b) {
        return Math.max(a.module(), b.module()) < 2.2 * Math.min(a.module(), b.module());
    }

    private static void add(Finder corner, Finder a, Finder b, List<Triple> triples) {
        double first = corner.distanceTo(a);
        double second = corner.distanceTo(b);
        double module = (corner.module() + a.module() + b.module()) / 3;
        double ratio = Math.max(first, second) / Math.min(first, second);
        double longest = Math.max(first, second) / module;
        if (ratio > 3.2 || longest < LEAST_MODULES || longest > MOST_MODULES) {
            return;
        }
        double cross = (a.x() - corner.x()) * (b.y() - corner.y()) - (a.y() - corner.y()) * (b.x() - corner.x());
        double dot = (a.x() - corner.x()) * (b.x() - corner.x()) + (a.y() - corner.y()) * (b.y() - corner.y());
        double cosine = dot / (first * second);
        if (Math.abs(cosine) > 0.86) {
            return;
        }
        double spread = Math.max(corner.module(), Math.max(a.module(), b.module()))
                / Math.min(corner.module(), Math.min(a.module(), b.module()));
        // Small symbols are likelier than large ones made of finder patterns of different symbols.
        double doubt = 2 * Math.log(ratio) + 2 * Math.abs(cosine) + 2 * Math.log(spread) + longest / 120;
        triples.add(cross > 0 ? new Triple(corner, a, b, doubt) : new Triple(corner, b, a, doubt));
    }

    /** Of the parallelogram between the three, in pixels. */
    double area() {
        return Math.abs((right.x() - corner.x()) * (down.y() - corner.y())
                - (right.y() - corner.y()) * (down.x() - corner.x()));
    }

    boolean shares(Finder finder) {
        return corner.equals(finder) || right.equals(finder) || down.equals(finder);
    }
}
