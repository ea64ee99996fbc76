package io.gatehouse.biometrics.face.liveness;

/**
 * Judges whether a move is done, over successive frames. A posture counts when two frames in a row show it, so that one
 * badly placed set of landmarks decides nothing. For one thread at a time.
 */
final class MoveJudge {
    // From figures of the landmarks' noise: at 2 % of the eyes' distance openness is known to about 8 %.
    private static final double EYES_SHUT = 0.5;
    private static final double EYES_OPEN = 0.75;
    private static final double MOUTH_OPEN = 0.3;
    private static final double MOUTH_SHUT = 0.15;
    private static final int HELD = 2;
    private static final int FLAT_HELD = 4;
    // A head that is merely careless while it turns is not taken for one that does another move.
    private static final double WRONG_BY = 1.3;
    private static final double FLAT_DEGREES = 28;
    private static final double FLAT_SHARE = 0.4;

    private final ChallengeOptions options;
    private int asked;
    private int other;
    private int flat;
    private int straight;

    MoveJudge(ChallengeOptions options) {
        this.options = options;
    }

    /** What the frames say by now. */
    enum Verdict {
        NOT_YET,
        DONE,
        OTHER_MOVE,
        FLAT
    }

    /** Begins to wait for a move, or for looking straight. */
    void begin() {
        asked = 0;
        other = 0;
        flat = 0;
        straight = 0;
    }

    /** Another face came in between: a posture counts only in frames of the known one, with no other among them. */
    void interrupt() {
        asked = 0;
        other = 0;
        straight = 0;
    }

    /**
     * Takes the next frame.
     *
     * @param known whether it shows the face that the challenge began with; no move is done by another
     */
    Verdict judge(Move move, HeadMotion motion, boolean known) {
        flat = looksFlat(motion) ? flat + 1 : 0;
        if (flat >= FLAT_HELD) {
            return Verdict.FLAT;
        }
        if (!known) {
            return Verdict.NOT_YET;
        }
        if (move == Move.LOOK_STRAIGHT) {
            straight = looksStraight(motion) ? straight + 1 : 0;
            return straight >= HELD ? Verdict.DONE : Verdict.NOT_YET;
        }
        asked = shows(move, motion, 1) ? asked + 1 : 0;
        other = asked == 0 && showsAnother(move, motion) ? other + 1 : 0;
        if (asked >= HELD) {
            return Verdict.DONE;
        }
        return other >= HELD ? Verdict.OTHER_MOVE : Verdict.NOT_YET;
    }

    /** Whether the frame is as near to the neutral face as a template wants. */
    boolean looksStraight(HeadMotion motion) {
        return Math.abs(motion.yawDegrees()) < 0.6 * options.turnDegrees()
                && Math.abs(motion.pitchDegrees()) < 0.7 * options.nodDegrees()
                && motion.eyes() > EYES_OPEN
                && motion.mouth() < MOUTH_SHUT;
    }

    private static boolean looksFlat(HeadMotion motion) {
        return motion.planeDegrees() > FLAT_DEGREES && motion.depthDegrees() < FLAT_SHARE * motion.planeDegrees();
    }

    private boolean showsAnother(Move move, HeadMotion motion) {
        for (Move each : options.moves()) {
            // People blink unasked.
            if (each != move && each != Move.BLINK && shows(each, motion, WRONG_BY)) {
                return true;
            }
        }
        return false;
    }

    private boolean shows(Move move, HeadMotion motion, double times) {
        double toLeft = options.mirrored() ? -motion.yawDegrees() : motion.yawDegrees();
        return switch (move) {
            case LOOK_STRAIGHT -> looksStraight(motion);
            case TURN_LEFT -> toLeft >= times * options.turnDegrees();
            case TURN_RIGHT -> -toLeft >= times * options.turnDegrees();
            case NOD -> Math.abs(motion.pitchDegrees()) >= times * options.nodDegrees();
            case BLINK -> motion.eyes() <= EYES_SHUT;
            case OPEN_MOUTH -> motion.mouth() >= times * MOUTH_OPEN;
        };
    }
}
