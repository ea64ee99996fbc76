package io.gatehouse.biometrics.face.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis;
import io.gatehouse.biometrics.face.FaceAnalysis.Analysed;
import io.gatehouse.biometrics.face.FaceAnalysis.Face;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.face.liveness.Challenge;
import io.gatehouse.biometrics.face.liveness.ChallengeActors;
import io.gatehouse.biometrics.face.liveness.ChallengeActors.Actor;
import io.gatehouse.biometrics.face.liveness.ChallengeFrame;
import io.gatehouse.biometrics.face.liveness.ChallengeOptions;
import io.gatehouse.biometrics.face.liveness.ChallengeSession;
import io.gatehouse.biometrics.face.liveness.ChallengeState;
import io.gatehouse.biometrics.face.liveness.Liveness;
import io.gatehouse.biometrics.face.liveness.LivenessVote;
import io.gatehouse.biometrics.face.liveness.Move;
import io.gatehouse.biometrics.face.quality.QualityProfile;
import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.reason.Reason;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How a gate's camera is put together: frames → tracks → best shot and passive liveness → challenge → template. */
class GateCameraExampleTest {

    /** What the gate shows and, at the end, either whose face it saw or why it does not say. */
    private record Answer(String text, Optional<Template> template, Optional<Reason> refusal) {
        static Answer ask(String text) {
            return new Answer(text, Optional.empty(), Optional.empty());
        }

        static Answer refuse(Reason reason) {
            return new Answer(reason.text(), Optional.empty(), Optional.of(reason));
        }

        boolean isOver() {
            return template.isPresent() || refusal.isPresent();
        }
    }

    /** One camera of one gate, on one thread. Looks after one person at a time: the nearest. */
    private static final class GateCamera {
        private final BiFunction<Frame, QualityProfile, FaceAnalysis> analyser;
        private final Calibration calibration;
        private final RandomGenerator random;
        private final FaceTracker tracker;
        private @Nullable Visit visit;

        /** {@code random} is a SecureRandom at a real gate. */
        GateCamera(
                BiFunction<Frame, QualityProfile, FaceAnalysis> analyser,
                Calibration calibration,
                RandomGenerator random) {
            this.analyser = analyser;
            this.calibration = calibration;
            this.random = random;
            this.tracker = FaceTracker.create(TrackerOptions.DEFAULT, calibration, 1e-2);
        }

        Answer look(Frame frame) {
            FaceAnalysis analysis = analyser.apply(frame, asked());
            List<Sighting> seen = analysis.fold(GateCamera::sightings, noFace -> List.of());
            Optional<Track> nearest = tracker.follow(frame.capturedAt(), seen)
                    .fold(
                            followed -> followed.tracks().stream().findFirst().flatMap(it -> it),
                            late -> Optional.empty());
            Answer none = Answer.ask(Move.LOOK_STRAIGHT.text(Locale.ENGLISH));
            return analysis.fold(
                    analysed -> nearest.map(track -> visit(track).look(frame.capturedAt(), analysed.first()))
                            .orElse(none),
                    noFace -> visit == null ? none : visit.absent(frame.capturedAt()));
        }

        /** A challenge makes people turn their heads, which the gate's own profile refuses. */
        private QualityProfile asked() {
            Visit current = visit;
            return current != null && current.challenge != null ? QualityProfile.CHALLENGE : QualityProfile.GATE;
        }

        /** Another track is another person: what the one before did does not count. */
        private Visit visit(Track track) {
            Visit current = visit;
            if (current == null || current.track != track.id()) {
                current = new Visit(track.id(), calibration, random);
                visit = current;
            }
            return current;
        }

        private static List<Sighting> sightings(Analysed analysed) {
            List<Sighting> sightings = new ArrayList<>();
            analysed.faces().forEach(face -> sightings.add(new Sighting(face.box(), face.template())));
            analysed.others().forEach(box -> sightings.add(Sighting.of(box)));
            return sightings;
        }
    }

    /** One person before the gate: first the best shot, then the challenge, and both must be of one face. */
    private static final class Visit {
        // Here the passive check sees photographs of photographs; a real gate takes LivenessVote.DEFAULT.
        private static final LivenessVote VOTE = new LivenessVote(LivenessVote.Rule.MEDIAN, 3, 1e-9);

        private final long track;
        private final Calibration calibration;
        private final RandomGenerator random;
        private final BestShot best;
        private final List<Liveness> passive = new ArrayList<>();
        private @Nullable ChallengeSession challenge;

        Visit(long track, Calibration calibration, RandomGenerator random) {
            this.track = track;
            this.calibration = calibration;
            this.random = random;
            this.best = BestShot.create(BestShotOptions.DEFAULT.withFrames(3, 5).withQuality(0, 0), calibration);
        }

        Answer look(Instant at, Face face) {
            ChallengeSession session = challenge;
            if (session != null) {
                return answer(session.offer(new ChallengeFrame(at, face.landmarks(), face.template())), session);
            }
            best.offer(Shot.of(at, face));
            passive.add(face.liveness());
            if (best.isDone()) {
                Challenge moves = Challenge.draw(ChallengeOptions.DEFAULT, random);
                challenge = ChallengeSession.start(moves, ChallengeOptions.DEFAULT, calibration, at);
            }
            return Answer.ask(Move.LOOK_STRAIGHT.text(Locale.ENGLISH));
        }

        Answer absent(Instant at) {
            ChallengeSession session = challenge;
            return session == null
                    ? Answer.ask(Move.LOOK_STRAIGHT.text(Locale.ENGLISH))
                    : answer(session.offerNone(at), session);
        }

        private Answer answer(ChallengeState state, ChallengeSession session) {
            return state.fold(
                    asking -> Answer.ask(asking.text(Locale.ENGLISH)),
                    passed -> conclude(VOTE.of(passive).and(passed.liveness()), session),
                    failed -> Answer.refuse(failed.reason()));
        }

        private Answer conclude(Liveness liveness, ChallengeSession session) {
            return liveness.fold(
                    live -> best.result()
                            .fold(
                                    chosen -> matched(chosen.template(), session),
                                    refused -> Answer.refuse(refused.reason())),
                    attack -> Answer.refuse(Reason.of("face.attack", "This looks like a picture of a face.")),
                    unknown -> Answer.refuse(unknown.reason()));
        }

        private Answer matched(Template template, ChallengeSession session) {
            boolean same = session.face().orElseThrow().distance(template) < calibration.distanceAt(1e-2);
            return same
                    ? new Answer("Thank you.", Optional.of(template), Optional.empty())
                    : Answer.refuse(Reason.of("face.track.inconsistent", "Come one at a time."));
        }
    }

    @Test
    @DisplayName("ATT-10 ATT-14 A gate's camera: who does the challenge is identified by the best shot")
    void givesTheTemplateOfAPersonWhoDoesTheChallenge() {
        Random random = new Random(20_260_302);
        List<Path> simm = pictures("John_Simm");
        try (FaceAnalyser analyser = analyser()) {
            Answer answer = run(analyser, simm.get(0), simm.get(0), ChallengeActors.person(random, 1), random);
            assertThat(answer.refusal()).isEmpty();
            Template enrolled = FacePictures.template(analyser, simm.get(1));
            Template stranger =
                    FacePictures.template(analyser, pictures("John_Salley").get(1));
            Template seen = answer.template().orElseThrow();
            double distance = analyser.calibration().distanceAt(1e-3);
            assertThat(seen.distance(enrolled)).isLessThan(distance);
            assertThat(seen.distance(stranger)).isGreaterThan(distance);
        }
    }

    @Test
    @DisplayName("ATT-14 A gate's camera: a photograph that is held and turned gets no further")
    void refusesAPhotograph() {
        Random random = new Random(20_260_302);
        Path simm = pictures("John_Simm").get(0);
        try (FaceAnalyser analyser = analyser()) {
            Actor photograph = ChallengeActors.photograph(ChallengeActors.Sheet.BENT, random, 1);
            Answer answer = run(analyser, simm, simm, photograph, random);
            assertThat(answer.refusal().orElseThrow().code()).isIn("face.challenge.flat", "face.challenge.late");
        }
    }

    @Test
    @DisplayName("ATT-14 A gate's camera: who comes in the place of another begins from the beginning")
    void beginsAnewForAnotherFace() {
        Random random = new Random(20_260_302);
        try (FaceAnalyser analyser = analyser()) {
            Path stranger = pictures("John_Salley").get(0);
            Path simm = pictures("John_Simm").get(0);
            Answer answer = run(analyser, stranger, simm, ChallengeActors.person(random, 1), random);
            // The stranger's best shot and first moves are gone: what comes out is of the one who did it all.
            assertThat(answer.template().orElseThrow().distance(FacePictures.template(analyser, simm)))
                    .isLessThan(analyser.calibration().distanceAt(1e-3));
        }
    }

    /** Ten frames a second; after three seconds the second face is in the place of the first. */
    private static Answer run(FaceAnalyser analyser, Path first, Path then, Actor actor, Random random) {
        Analysed one = analysed(analyser, first);
        Analysed other = analysed(analyser, then);
        String[] asked = {Move.LOOK_STRAIGHT.text(Locale.ENGLISH)};
        GateCamera camera = new GateCamera(
                (frame, profile) -> {
                    double seconds = ChallengeActors.START.until(frame.capturedAt(), ChronoUnit.MILLIS) / 1_000.0;
                    return scripted(seconds < 3 ? one : other, actor.see(move(asked[0]), seconds));
                },
                analyser.calibration(),
                random);
        Answer answer = Answer.ask(asked[0]);
        for (int i = 1; !answer.isOver() && i < 1_000; i++) {
            Instant at = ChallengeActors.START.plusMillis(100L * i);
            answer = camera.look(Frame.ofBgr(8, 8, new byte[8 * 8 * 3], at, "gate"));
            asked[0] = answer.text();
        }
        return answer;
    }

    /** What the analyser says of a photograph, with the points of a head that moves. */
    private static FaceAnalysis scripted(Analysed analysed, FaceLandmarks landmarks) {
        Face face = analysed.first();
        return new Analysed(
                List.of(new Face(
                        face.box(), landmarks, face.quality(), face.liveness(), face.refusals(), face.template())),
                List.of());
    }

    private static Move move(String text) {
        for (Move move : Move.values()) {
            if (move.text(Locale.ENGLISH).equals(text)) {
                return move;
            }
        }
        return Move.LOOK_STRAIGHT;
    }

    private static Analysed analysed(FaceAnalyser analyser, Path picture) {
        return analyser.analyse(FacePictures.frame(picture)).fold(analysed -> analysed, noFace -> {
            throw new AssertionError(picture + ": " + noFace.reason());
        });
    }

    /** With the threshold for liveness out of the way: the tests show it photographs. */
    private static FaceAnalyser analyser() {
        return FaceAnalyser.open(
                ModelPack.loadDefault(),
                ModelPack.loadLiveness(),
                FaceOptions.GATE.withProfile(QualityProfile.NONE).withLivenessThreshold(1e-9));
    }

    private static List<Path> pictures(String person) {
        return FacePictures.people(FacePictures.folder("johns")).getOrDefault(person, List.of());
    }
}
