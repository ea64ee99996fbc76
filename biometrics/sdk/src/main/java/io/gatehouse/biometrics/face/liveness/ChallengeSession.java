package io.gatehouse.biometrics.face.liveness;

import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.face.liveness.ChallengeState.Asking;
import io.gatehouse.biometrics.face.liveness.ChallengeState.Failed;
import io.gatehouse.biometrics.face.liveness.ChallengeState.Passed;
import io.gatehouse.biometrics.face.liveness.FrameOrder.Flaw;
import io.gatehouse.biometrics.face.message.FaceMessages;
import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Active liveness: one person does one {@link Challenge} before a camera. Feed it every frame in order; it says what to
 * ask next. Time is the frames' capture time alone. For one thread at a time; memory is bounded.
 *
 * <p>The person looks straight, does the first move, looks straight, and so on; the next move is told only when the face
 * is straight again, so that no recording can be ready for it. Turns are judged by the depth of the face, which a
 * picture has not, however it is turned, bent or folded (see {@code NeutralFace}); a turn without depth, another
 * move than asked, a face that changes and a frame that comes again are attacks. Every move must be done by the face that
 * the challenge began with, so that nobody does the moves and shows another's photograph in between. A blink or an open mouth alone shows less
 * (a print with holes does both), therefore every challenge has two moves that turn the head.
 *
 * <p>What it cannot see: a video that is made in step with the challenge, by a program that animates a picture, or by a
 * person who acts under another's face; a recording that happens to show the same moves, which the number of
 * {@link Challenge#orders} makes rare; a bent surface of the face's own shape, such as a mask. The passive check
 * ({@link LivenessDetector}) sees other attacks: use both, joined by {@link Liveness#and}.
 */
public final class ChallengeSession {
    private static final int NEUTRAL_FRAMES = 5;
    private static final double NEUTRAL_YAW = 18;
    private static final double NEUTRAL_PITCH = 25;
    private static final double STILL = 0.15;
    private static final double LEAST_EYE_PIXELS = 10;
    // A single one may be a blurred frame.
    private static final int OTHER_FACES = 2;
    // Of a whole challenge, wherever they stand: one frame in a hundred of a turned head is taken for another's (see
    // below), which is one or two of a challenge; who shows another face for the moves needs many.
    private static final int OTHER_FACES_IN_ALL = 8;
    // A turned head, or an open mouth, is less like the same face looking straight: at ten times the rate, 1e-2, 1 % of
    // turned or nodding faces of johns and LFW are beyond the limit, though from other days, and of 19 open mouths
    // none.
    private static final double TURNED_TIMES = 10;
    private static final double TURNED_MOST = 0.1;

    private final Challenge challenge;
    private final ChallengeOptions options;
    private final double sameFace;
    private final double sameFaceTurned;
    private final FrameOrder order;
    private final MoveJudge judge;
    private final List<FaceLandmarks> first = new ArrayList<>();
    private @Nullable NeutralFace neutral;
    private @Nullable Template reference;
    private ChallengeState state;
    private int done;
    private int otherFaces;
    private int otherFacesInAll;

    private ChallengeSession(Challenge challenge, ChallengeOptions options, Calibration calibration, Instant at) {
        this.challenge = Objects.requireNonNull(challenge, "challenge");
        this.options = options;
        this.sameFace = calibration.distanceAt(options.identityRate());
        this.sameFaceTurned = calibration.distanceAt(Math.min(TURNED_MOST, TURNED_TIMES * options.identityRate()));
        this.order = new FrameOrder(options, at);
        this.judge = new MoveJudge(options);
        this.state = asking(Move.LOOK_STRAIGHT, at);
    }

    /**
     * Begins.
     *
     * @param calibration of the pack that makes the templates
     * @param at          when the person is first told to look straight; a frame captured before is too old
     * @throws IllegalArgumentException if the calibration does not reach the options' identity rate
     */
    public static ChallengeSession start(
            Challenge challenge, ChallengeOptions options, Calibration calibration, Instant at) {
        return new ChallengeSession(challenge, options, calibration, at);
    }

    public ChallengeState state() {
        return state;
    }

    /** Whose face did the challenge: what the template to be identified must be like. Empty before there was one. */
    public Optional<Template> face() {
        return Optional.ofNullable(reference);
    }

    /** Looks at the next frame's face. A session that is over stays as it is. */
    public ChallengeState offer(ChallengeFrame frame) {
        if (state instanceof Asking asking) {
            Flaw flaw = frame.landmarks().interEyePixels() < LEAST_EYE_PIXELS
                    ? order.absent(frame.capturedAt())
                    : order.next(frame);
            settle(flaw, frame.capturedAt(), asking);
            if (flaw == Flaw.NONE && state == asking) {
                look(frame, asking);
            }
        }
        return state;
    }

    /** Tells of a frame without a face, or with several of which none is the nearest. */
    public ChallengeState offerNone(Instant capturedAt) {
        if (state instanceof Asking asking) {
            settle(order.absent(capturedAt), capturedAt, asking);
        }
        return state;
    }

    private void settle(Flaw flaw, Instant at, Asking asking) {
        switch (flaw) {
            case LOST -> fail("lost");
            case ORDER -> fail("order");
            case REPEATED -> attack("repeated", AttackKind.REPEATED_FRAME);
            case NONE, PASS_OVER -> {
                if (at.isAfter(asking.until())) {
                    fail("late");
                }
            }
        }
    }

    private void look(ChallengeFrame frame, Asking asking) {
        NeutralFace straight = neutral;
        if (straight == null) {
            learn(frame);
            return;
        }
        HeadMotion motion = straight.to(frame.landmarks());
        double limit = judge.looksStraight(motion) ? sameFace : sameFaceTurned;
        Optional<Boolean> same = frame.template().map(found -> isSame(found, limit));
        same.ifPresent(this::count);
        if (otherFaces >= OTHER_FACES || otherFacesInAll >= OTHER_FACES_IN_ALL) {
            attack("other-face", AttackKind.OTHER_FACE);
            return;
        }
        switch (judge.judge(asking.move(), motion, same.orElse(false))) {
            case DONE -> advance(asking.move(), frame.capturedAt());
            case OTHER_MOVE -> attack("other-move", AttackKind.CHALLENGE_FAILED);
            case FLAT -> attack("flat", AttackKind.FLAT_MOTION);
            case NOT_YET -> {}
        }
    }

    /** Whose face it is; a frame without a template says neither that it is the same nor that it is another. */
    private void count(boolean same) {
        otherFaces = same ? 0 : otherFaces + 1;
        if (!same) {
            otherFacesInAll++;
            judge.interrupt();
        }
    }

    /** Gathers frames of a face that looks straight and keeps still, and one template. */
    private void learn(ChallengeFrame frame) {
        FaceLandmarks face = frame.landmarks();
        if (!isFrontal(face) || (!first.isEmpty() && moved(first.get(0), face))) {
            first.clear();
            return;
        }
        if (reference == null) {
            reference = frame.template().orElse(null);
        }
        first.add(face);
        if (first.size() >= NEUTRAL_FRAMES && reference != null) {
            neutral = NeutralFace.of(first.subList(first.size() - NEUTRAL_FRAMES, first.size()));
            first.clear();
            ask(frame.capturedAt());
        } else if (first.size() > NEUTRAL_FRAMES) {
            first.remove(0);
        }
    }

    private static boolean isFrontal(FaceLandmarks face) {
        return face.headPose()
                .filter(pose ->
                        Math.abs(pose.yawDegrees()) < NEUTRAL_YAW && Math.abs(pose.pitchDegrees()) < NEUTRAL_PITCH)
                .isPresent();
    }

    private static boolean moved(FaceLandmarks one, FaceLandmarks other) {
        double[] a = NeutralFace.upright(one);
        double[] b = NeutralFace.upright(other);
        double squares = 0;
        for (int i = 2 * 17; i < a.length; i++) {
            squares += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(squares / (a.length - 2 * 17) * 2) > STILL;
    }

    private boolean isSame(Template found, double limit) {
        Template known = reference;
        return known != null && known.distance(found) < limit;
    }

    private void advance(Move move, Instant at) {
        if (move != Move.LOOK_STRAIGHT) {
            done++;
            judge.begin();
            state = asking(Move.LOOK_STRAIGHT, at);
        } else if (done < challenge.moves().size()) {
            ask(at);
        } else {
            state = new Passed();
        }
    }

    private void ask(Instant at) {
        judge.begin();
        state = asking(challenge.moves().get(done), at);
    }

    private Asking asking(Move move, Instant at) {
        return new Asking(move, done, challenge.moves().size(), at.plus(options.stepLimit()));
    }

    private void fail(String word) {
        Reason reason = FaceMessages.reason("face.challenge." + word);
        state = new Failed(reason, new Liveness.NotChecked(reason));
    }

    private void attack(String word, AttackKind kind) {
        double share = (double) done / challenge.moves().size();
        state = new Failed(FaceMessages.reason("face.challenge." + word), new Liveness.Attack(kind, share));
    }
}
