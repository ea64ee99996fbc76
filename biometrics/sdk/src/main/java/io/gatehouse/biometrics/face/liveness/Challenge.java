package io.gatehouse.biometrics.face.liveness;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What one person is asked to do, in order. Drawn anew for each attempt, so that a recording of an earlier one does not
 * fit. Immutable and thread-safe.
 *
 * @param moves at least two of which turn the head, none twice in a row
 */
public record Challenge(List<Move> moves) {
    private static final int LEAST_TURNS = 2;

    public Challenge {
        moves = List.copyOf(moves);
        if (!isValid(moves)) {
            throw new IllegalArgumentException("a challenge has at least " + LEAST_TURNS
                    + " moves that turn the head, none twice in a row, and does not ask to look straight: " + moves);
        }
    }

    /**
     * Draws one of {@link #orders} at random, each as likely.
     *
     * @param random {@link java.security.SecureRandom} at a gate: whoever can guess the next challenge can record it
     */
    public static Challenge draw(ChallengeOptions options, RandomGenerator random) {
        List<Move> drawn = new ArrayList<>();
        do {
            drawn.clear();
            for (int i = 0; i < options.steps(); i++) {
                drawn.add(options.moves().get(random.nextInt(options.moves().size())));
            }
        } while (!isValid(drawn));
        return new Challenge(drawn);
    }

    /** How many challenges these options allow: a recording of one fits by chance once in so many attempts. */
    public static int orders(ChallengeOptions options) {
        return count(options, new ArrayList<>());
    }

    private static int count(ChallengeOptions options, List<Move> begun) {
        if (begun.size() == options.steps()) {
            return isValid(begun) ? 1 : 0;
        }
        int sum = 0;
        for (Move move : options.moves()) {
            begun.add(move);
            sum += count(options, begun);
            begun.remove(begun.size() - 1);
        }
        return sum;
    }

    private static boolean isValid(List<Move> moves) {
        for (int i = 0; i < moves.size(); i++) {
            if (moves.get(i) == Move.LOOK_STRAIGHT || (i > 0 && moves.get(i) == moves.get(i - 1))) {
                return false;
            }
        }
        return moves.stream().filter(Move::turnsHead).count() >= LEAST_TURNS;
    }
}
