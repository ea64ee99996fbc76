package io.gatehouse.biometrics.gallery.search;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** The nearest of what was offered so far. Not thread-safe: each thread of a search has its own. */
final class Nearest {
    private final int best;
    // The farthest on top: it is the one that goes when a nearer one comes.
    private final PriorityQueue<Neighbour> kept = new PriorityQueue<>(Neighbour.NEAREST_FIRST.reversed());

    Nearest(int best) {
        this.best = best;
    }

    void offer(long id, double squaredDistance) {
        if (kept.size() < best) {
            kept.add(new Neighbour(id, squaredDistance));
            return;
        }
        Neighbour farthest = kept.element();
        if (squaredDistance > farthest.squaredDistance()) {
            return;
        }
        Neighbour offered = new Neighbour(id, squaredDistance);
        if (Neighbour.NEAREST_FIRST.compare(offered, farthest) < 0) {
            kept.remove();
            kept.add(offered);
        }
    }

    /** Whatever is farther than this is not among the best any more. */
    double horizon() {
        return kept.size() < best ? Double.POSITIVE_INFINITY : kept.element().squaredDistance();
    }

    /** The best of several threads' best. */
    static List<Neighbour> merge(List<Nearest> parts, int best) {
        List<Neighbour> all = new ArrayList<>();
        parts.forEach(part -> all.addAll(part.kept));
        all.sort(Neighbour.NEAREST_FIRST);
        return List.copyOf(all.subList(0, Math.min(best, all.size())));
    }
}
