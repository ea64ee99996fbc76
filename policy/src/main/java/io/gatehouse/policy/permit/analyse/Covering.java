package io.gatehouse.policy.permit.analyse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Asks whether boxes cover others, by cutting off what each covers until nothing is left or something is. */
final class Covering {
    /** What was found. */
    enum Answer {
        COVERED,
        NOT_COVERED,
        /** The budget was used up. */
        UNSETTLED
    }

    /** A box and the rule that it is of. */
    record Cover(String rule, Region region) {}

    /**
     * The answer.
     *
     * @param by the rules that took part, if it is covered
     */
    record Outcome(Answer answer, Set<String> by) {}

    private record Piece(Region region, int next) {}

    private Covering() {}

    static Outcome of(List<Region> regions, List<Cover> covers, long budget) {
        Set<String> by = new LinkedHashSet<>();
        Deque<Piece> open = new ArrayDeque<>();
        regions.stream().filter(region -> !region.isEmpty()).forEach(region -> open.push(new Piece(region, 0)));
        long looks = 0;
        while (!open.isEmpty()) {
            Piece piece = open.pop();
            int next = piece.next();
            while (next < covers.size()
                    && !piece.region().meets(covers.get(next).region())) {
                next++;
                looks++;
            }
            if (next == covers.size()) {
                return new Outcome(Answer.NOT_COVERED, Set.of());
            }
            if (++looks > budget) {
                return new Outcome(Answer.UNSETTLED, by);
            }
            by.add(covers.get(next).rule());
            for (Region left : piece.region().minus(covers.get(next).region())) {
                open.push(new Piece(left, next + 1));
            }
        }
        return new Outcome(Answer.COVERED, by);
    }
}
