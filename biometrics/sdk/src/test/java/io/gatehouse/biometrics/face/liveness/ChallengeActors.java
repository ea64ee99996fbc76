package io.gatehouse.biometrics.face.liveness;

import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.face.liveness.SyntheticHead.Camera;
import io.gatehouse.biometrics.face.liveness.SyntheticHead.Pose;
import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.biometrics.model.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Who stands before the camera of a challenge: people, and attackers who know what is asked and do their best. */
public final class ChallengeActors {
    public static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    static final Calibration CALIBRATION = new Calibration(
            List.of(new Calibration.Row(0.4, 1e-4), new Calibration.Row(0.5, 1e-2), new Calibration.Row(1, 0.5)),
            "made up for tests");

    private ChallengeActors() {}

    /** Gives what the camera sees, knowing what is asked. Called once a frame. */
    @FunctionalInterface
    public interface Actor {
        FaceLandmarks see(Move asked, double seconds);
    }

    /** The posture that somebody holds: of head or sheet, eyes and mouth. */
    private record Posture(Pose pose, double shut, double open) {
        static final Posture STRAIGHT = new Posture(new Pose(0, 0, 0, 0, 0, 0), 0, 0);

        Posture towards(Posture goal, double seconds) {
            double degrees = 90 * seconds;
            return new Posture(
                    new Pose(
                            step(pose.yaw(), goal.pose.yaw(), degrees),
                            step(pose.pitch(), goal.pose.pitch(), degrees),
                            step(pose.roll(), goal.pose.roll(), degrees),
                            step(pose.moveX(), goal.pose.moveX(), 150 * seconds),
                            step(pose.moveY(), goal.pose.moveY(), 150 * seconds),
                            step(pose.nearer(), goal.pose.nearer(), 150 * seconds)),
                    step(shut, goal.shut, 8 * seconds),
                    step(open, goal.open, 5 * seconds));
        }

        private static double step(double from, double to, double most) {
            return from + Math.max(-most, Math.min(most, to - from));
        }
    }

    /** Follows what is asked after a while, at a human speed, never quite still. */
    private abstract static class Follower implements Actor {
        final RandomGenerator random;
        final double noise;
        private final double reaction;
        private final List<Move> heard = new ArrayList<>();
        private final List<Double> heardAt = new ArrayList<>();
        private Posture posture = Posture.STRAIGHT;
        private Posture goal = Posture.STRAIGHT;
        private int obeyed;
        private double last;
        private double swayYaw;
        private double swayPitch;

        Follower(RandomGenerator random, double noise) {
            this.random = random;
            this.noise = noise;
            this.reaction = 0.25 + 0.4 * random.nextDouble();
        }

        @Override
        public FaceLandmarks see(Move asked, double seconds) {
            if (heard.isEmpty() || heard.get(heard.size() - 1) != asked) {
                heard.add(asked);
                heardAt.add(seconds);
            }
            while (obeyed < heard.size() && heardAt.get(obeyed) + reaction <= seconds) {
                goal = goal(heard.get(obeyed++));
            }
            posture = posture.towards(goal, seconds - last);
            last = seconds;
            swayYaw = 0.95 * swayYaw + 0.4 * random.nextGaussian();
            swayPitch = 0.95 * swayPitch + 0.4 * random.nextGaussian();
            Pose sway = new Pose(swayYaw, swayPitch, swayYaw / 2, swayPitch, swayYaw, 0);
            return SyntheticHead.noisy(seen(posture, posture.pose().plus(sway)), noise, random);
        }

        abstract Posture goal(Move move);

        abstract FaceLandmarks seen(Posture posture, Pose pose);
    }

    /** A living head. */
    public static Actor person(RandomGenerator random, double noise) {
        SyntheticHead head = new SyntheticHead(random);
        Camera camera = Camera.ofHead(450 + 550 * random.nextDouble());
        Pose usual = new Pose(4 * random.nextGaussian(), 4 * random.nextGaussian(), 4 * random.nextGaussian(), 0, 0, 0);
        return new Follower(random, noise) {
            @Override
            Posture goal(Move move) {
                double turn = 22 + 10 * random.nextDouble();
                double nod = 16 + 8 * random.nextDouble();
                return switch (move) {
                    case LOOK_STRAIGHT -> Posture.STRAIGHT;
                    case TURN_LEFT -> new Posture(new Pose(turn, 2, 1, 0, 0, 0), 0, 0);
                    case TURN_RIGHT -> new Posture(new Pose(-turn, 2, -1, 0, 0, 0), 0, 0);
                    case NOD -> new Posture(new Pose(0, nod, 0, 0, 0, 0), 0, 0);
                    case BLINK -> new Posture(new Pose(0, 0, 0, 0, 0, 0), 1, 0);
                    case OPEN_MOUTH -> new Posture(new Pose(0, 0, 0, 0, 0, 0), 0, 1);
                };
            }

            @Override
            FaceLandmarks seen(Posture posture, Pose pose) {
                return camera.see(head.with(posture.shut(), posture.open()), pose.plus(usual));
            }
        };
    }

    /** How the picture lies on the paper. */
    public enum Sheet {
        FLAT,
        BENT,
        FOLDED
    }

    /** A photograph that is turned and moved about as a head would be, and waved when it should blink. */
    public static Actor photograph(Sheet sheet, RandomGenerator random, double noise) {
        double[][] flat = new SyntheticHead(random).printed(0, 0);
        double[][] paper = switch (sheet) {
            case FLAT -> flat;
            case BENT -> SyntheticHead.bent(flat, 60 + 80 * random.nextDouble());
            case FOLDED -> SyntheticHead.folded(flat, 0.2 + 0.5 * random.nextDouble());
        };
        Camera camera = new Camera(350 + 400 * random.nextDouble(), 40 * random.nextDouble(), 0);
        return new Follower(random, noise) {
            @Override
            Posture goal(Move move) {
                double turn = 15 + 40 * random.nextDouble();
                Pose pose = switch (move) {
                    case LOOK_STRAIGHT -> new Pose(0, 0, 0, 0, 0, 0);
                    case TURN_LEFT -> new Pose(turn, 0, 3, 30 * random.nextDouble(), 0, 0);
                    case TURN_RIGHT -> new Pose(-turn, 0, -3, -30 * random.nextDouble(), 0, 0);
                    case NOD -> new Pose(0, turn, 0, 0, 20, 0);
                    case BLINK -> new Pose(0, -turn / 2, 10, 0, -20, 40);
                    case OPEN_MOUTH -> new Pose(turn / 2, turn / 2, -10, 0, 20, -40);
                };
                return new Posture(pose, 0, 0);
            }

            @Override
            FaceLandmarks seen(Posture posture, Pose pose) {
                return camera.see(paper, pose);
            }
        };
    }

    /** A video of somebody who does another challenge, shown from its beginning; its moves do not wait to be asked. */
    static Actor recording(Challenge other, ChallengeOptions options, RandomGenerator random, double noise) {
        Actor person = person(random, 0.3 * noise);
        ChallengeSession filmed = ChallengeSession.start(other, options, CALIBRATION, START);
        return (asked, seconds) -> {
            ChallengeState state = filmed.state();
            Move move = state instanceof ChallengeState.Asking asking ? asking.move() : Move.LOOK_STRAIGHT;
            FaceLandmarks seen = person.see(move, seconds);
            filmed.offer(frame(seconds, seen, 0));
            return SyntheticHead.noisy(seen, 0.95 * noise, random);
        };
    }

    /** One picture that does not move. */
    static Actor still(RandomGenerator random, double noise) {
        FaceLandmarks seen = SyntheticHead.noisy(
                Camera.ofHead(600).see(new SyntheticHead(random).with(0, 0), new Pose(0, 0, 0, 0, 0, 0)), 0, random);
        return (asked, seconds) -> noise == 0 ? seen : SyntheticHead.noisy(seen, noise, random);
    }

    /** Runs a challenge to its end, at so many frames a second. */
    static ChallengeState run(Challenge challenge, ChallengeOptions options, Actor actor, double framesPerSecond) {
        ChallengeSession session = ChallengeSession.start(challenge, options, CALIBRATION, START);
        for (int i = 1; session.state() instanceof ChallengeState.Asking asking; i++) {
            double seconds = i / framesPerSecond;
            session.offer(frame(seconds, actor.see(asking.move(), seconds), 0));
        }
        return session.state();
    }

    static ChallengeFrame frame(double seconds, FaceLandmarks landmarks, int person) {
        return new ChallengeFrame(at(seconds), landmarks, Optional.of(template(person)));
    }

    static Instant at(double seconds) {
        return START.plus(Duration.ofNanos(Math.round(seconds * 1e9)));
    }

    static Template template(int person) {
        float[] vector = new float[4];
        vector[person] = 1;
        return Template.of("made-up", vector);
    }
}
