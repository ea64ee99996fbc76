package io.gatehouse.codes.internal.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

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

    private static final double MOST_GUESSED_MODULES = 90;

    private static final double WHOLE = 0.75;

    private static final int MOST_WHOLE = 6;

    /** How much more three whole finder patterns count than that they lie as in a square seen from the front. */
    private static final double FAINT = 1.5;

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
        triples.sort(Comparator.comparingDouble(triple -> triple.doubt() + FAINT * triple.faintness()));
        return triples.size() > MOST ? List.copyOf(triples.subList(0, MOST)) : List.copyOf(triples);
    }

    /**
     * Triples of which one finder pattern is hidden, by a glare or a stain: two that are seen, and where the third may be if
     * the symbol is seen about from the front. Each pair may be an edge, with the symbol on either side, or the diagonal.
     */
    static List<Triple> guesses(List<Finder> finders) {
        List<Triple> guesses = new ArrayList<>();
        List<Finder> whole = finders.stream()
                .filter(finder -> finder.whole() >= WHOLE && finder.hits() > 2)
                .toList();
        for (int i = 0; i < whole.size() && i < MOST_WHOLE; i++) {
            for (int j = i + 1; j < whole.size() && j < MOST_WHOLE; j++) {
                Finder a = whole.get(i);
                Finder b = whole.get(j);
                double modules = a.distanceTo(b) / Math.sqrt(a.module() * b.module());
                if (similar(a, b) && modules > LEAST_MODULES && modules < MOST_GUESSED_MODULES) {
                    guesses.addAll(guesses(a, b));
                    guesses.addAll(guesses(b, a));
                }
            }
        }
        return guesses;
    }

    private static List<Triple> guesses(Finder a, Finder b) {
        double acrossX = b.x() - a.x();
        double acrossY = b.y() - a.y();
        double module = Math.sqrt(a.module() * b.module());
        // Down is a quarter turn from right, in pixels from the top.
        Finder down = Finder.guessed(a.x() - acrossY, a.y() + acrossX, module);
        Finder right = Finder.guessed(a.x() + acrossY, a.y() - acrossX, module);
        Finder corner = Finder.guessed(a.x() + (acrossX - acrossY) / 2, a.y() + (acrossY + acrossX) / 2, module);
        return List.of(new Triple(a, b, down, 0), new Triple(a, right, b, 0), new Triple(corner, b, a, 0));
    }

    /** The same with the finder pattern that cannot be seen so many pixels elsewhere. */
    Triple guessedAt(double byX, double byY) {
        return new Triple(moved(corner, byX, byY), moved(right, byX, byY), moved(down, byX, byY), doubt);
    }

    private static Finder moved(Finder finder, double byX, double byY) {
        return finder.isGuessed() ? Finder.guessed(finder.x() + byX, finder.y() + byY, finder.module()) : finder;
    }

    List<Finder> seen() {
        return Stream.of(corner, right, down)
                .filter(finder -> !finder.isGuessed())
                .toList();
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

    /** How little of what finder patterns are the three are, 0 to 3. */
    private double faintness() {
        return 3 - corner.whole() - right.whole() - down.whole();
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
