package io.gatehouse.biometrics.face.liveness;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/**
 * What challenges ask and how exactly. Immutable and thread-safe.
 *
 * @param moves        what may be asked for; at least two of them turn the head
 * @param steps        how many moves a challenge has, 2 to 6
 * @param stepLimit    how long a move, and the way back to looking straight, may take; by the frames' capture times
 * @param gapLimit     how long the face may be out of view, or the camera silent
 * @param turnDegrees  a turn to the side is at least this far from looking straight, 5 to 45
 * @param nodDegrees   a nod is at least this far, 5 to 45
 * @param oddFrames    how many frames that came twice, or are older than the one before, are passed over
 * @param identityRate the false match rate at which the face before and after must be one person's
 * @param mirrored     whether the frames are mirror images, as some cameras give them
 */
public record ChallengeOptions(
        List<Move> moves,
        int steps,
        Duration stepLimit,
        Duration gapLimit,
        double turnDegrees,
        double nodDegrees,
        int oddFrames,
        double identityRate,
        boolean mirrored) {
    /** Four moves of turns, nods and an open mouth, within 6 seconds each: 108 orders. */
    public static final ChallengeOptions DEFAULT = new ChallengeOptions(
            List.of(Move.TURN_LEFT, Move.TURN_RIGHT, Move.NOD, Move.OPEN_MOUTH),
            4,
            Duration.ofSeconds(6),
            Duration.ofMillis(800),
            14,
            12,
            5,
            1e-3,
            false);

    private static final int MAX_STEPS = 6;
    private static final double LEAST_DEGREES = 5;
    private static final double MOST_DEGREES = 45;

    public ChallengeOptions {
        moves = List.copyOf(EnumSet.copyOf(moves));
        if (moves.contains(Move.LOOK_STRAIGHT)
                || moves.stream().filter(Move::turnsHead).count() < 2) {
            throw new IllegalArgumentException(
                    "a challenge draws from moves of which two turn the head, without looking straight: " + moves);
        }
        if (steps < 2 || steps > MAX_STEPS) {
            throw new IllegalArgumentException("a challenge has 2 to " + MAX_STEPS + " steps, not " + steps);
        }
        if (!isPositive(stepLimit) || !isPositive(gapLimit)) {
            throw new IllegalArgumentException(
                    "a challenge's limits are above zero, not " + stepLimit + " and " + gapLimit);
        }
        requireDegrees(turnDegrees);
        requireDegrees(nodDegrees);
        if (oddFrames < 0) {
            throw new IllegalArgumentException("at least 0 odd frames are passed over, not " + oddFrames);
        }
        if (!(identityRate > 0 && identityRate < 1)) {
            throw new IllegalArgumentException("a false match rate lies between 0 and 1, not " + identityRate);
        }
    }

    public ChallengeOptions withMoves(List<Move> others) {
        return new ChallengeOptions(
                others, steps, stepLimit, gapLimit, turnDegrees, nodDegrees, oddFrames, identityRate, mirrored);
    }

    public ChallengeOptions withSteps(int count) {
        return new ChallengeOptions(
                moves, count, stepLimit, gapLimit, turnDegrees, nodDegrees, oddFrames, identityRate, mirrored);
    }

    public ChallengeOptions withLimits(Duration step, Duration gap) {
        return new ChallengeOptions(
                moves, steps, step, gap, turnDegrees, nodDegrees, oddFrames, identityRate, mirrored);
    }

    public ChallengeOptions withDegrees(double turn, double nod) {
        return new ChallengeOptions(moves, steps, stepLimit, gapLimit, turn, nod, oddFrames, identityRate, mirrored);
    }

    public ChallengeOptions withIdentityRate(double rate) {
        return new ChallengeOptions(
                moves, steps, stepLimit, gapLimit, turnDegrees, nodDegrees, oddFrames, rate, mirrored);
    }

    public ChallengeOptions withMirrored(boolean images) {
        return new ChallengeOptions(
                moves, steps, stepLimit, gapLimit, turnDegrees, nodDegrees, oddFrames, identityRate, images);
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void requireDegrees(double degrees) {
        if (!(degrees >= LEAST_DEGREES && degrees <= MOST_DEGREES)) {
            throw new IllegalArgumentException(
                    "a move goes " + LEAST_DEGREES + " to " + MOST_DEGREES + " degrees far, not " + degrees);
        }
    }
}
