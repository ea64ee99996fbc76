package io.gatehouse.biometrics.face.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.biometrics.face.track.Track.Phase;
import io.gatehouse.biometrics.face.track.Tracking.Followed;
import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.biometrics.model.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaceTrackerTest {
    private static final Instant AT = Instant.parse("2026-03-02T08:00:00Z");
    private static final Calibration CALIBRATION = new Calibration(
            List.of(new Calibration.Row(0.5, 1e-3), new Calibration.Row(0.9, 1e-1)), "made up for tests");
    private static final TrackerOptions OPTIONS = TrackerOptions.DEFAULT;

    private final FaceTracker tracker = FaceTracker.create(OPTIONS, CALIBRATION, 1e-2);

    @Test
    void confirmsAFaceThatIsSeenOftenEnoughAndEndsItWhenItIsGone() {
        assertThat(only(follow(0, face(100, 100))).phase()).isEqualTo(Phase.TENTATIVE);
        assertThat(only(follow(100, face(105, 100))).phase()).isEqualTo(Phase.TENTATIVE);
        Track third = only(follow(200, face(110, 100)));
        assertThat(third.phase()).isEqualTo(Phase.CONFIRMED);
        assertThat(third.sightings()).isEqualTo(3);
        assertThat(third.firstSeen()).isEqualTo(AT);

        assertThat(follow(1_700).ended()).isEmpty();
        assertThat(tracker.tracks()).hasSize(1);
        assertThat(follow(1_701).ended())
                .containsExactly(new Track(third.id(), Phase.ENDED, third.box(), AT, AT.plusMillis(200), 3));
        assertThat(only(follow(1_800, face(110, 100))).id()).isNotEqualTo(third.id());
    }

    @Test
    void neverConfirmsFalseDetectionsThatComeOnce() {
        for (int i = 0; i < 50; i++) {
            Followed followed = follow(500L * i, face(300 * (i % 3), 300 * (i % 2)));
            assertThat(only(followed).phase()).isEqualTo(Phase.TENTATIVE);
        }
    }

    @Test
    void keepsAFaceOverMissedFrames() {
        long id = only(follow(0, face(100, 100))).id();
        follow(100, face(110, 100));
        follow(200, face(120, 100));
        follow(300);
        follow(400);
        assertThat(only(follow(500, face(150, 100))).id()).isEqualTo(id);
    }

    @Test
    void beginsAnewAfterALargeJumpAndAfterALargeGrowth() {
        long id = only(follow(0, face(100, 100))).id();
        long jumped = only(follow(40, face(400, 100))).id();
        assertThat(jumped).isNotEqualTo(id);
        FaceBox large = new FaceBox(360, 60, 180, 180, 1);
        assertThat(only(follow(80, Sighting.of(large))).id()).isNotEqualTo(jumped);
    }

    @Test
    void beginsAnewWhereAFaceIsSwappedForAnother() {
        long id = only(follow(0, face(100, 100, 0))).id();
        assertThat(only(follow(100, face(100, 100, 0))).id()).isEqualTo(id);
        assertThat(only(follow(200, face(100, 100, 1))).id()).isNotEqualTo(id);
    }

    @Test
    void passesOverAFrameThatComesLate() {
        long id = only(follow(500, face(100, 100))).id();
        Tracking late = tracker.follow(AT.plusMillis(400), List.of(face(300, 100)));
        assertThat(late.<String>fold(
                        followed -> "followed", refused -> refused.reason().code()))
                .isEqualTo("face.track.order");
        assertThat(tracker.tracks()).hasSize(1);
        assertThat(only(follow(500, face(100, 100))).id()).isEqualTo(id);
    }

    @Test
    void endsEveryTrackWhenTheClockIsSetBack() {
        Track before = only(follow(0, face(100, 100)));
        Followed after = follow(-3_600_000, face(100, 100));
        assertThat(after.ended()).extracting(Track::id).containsExactly(before.id());
        assertThat(only(after).id()).isNotEqualTo(before.id());
        assertThat(only(follow(-3_599_900, face(100, 100))).id())
                .isEqualTo(only(after).id());
    }

    @Test
    void followsNoMoreFacesThanItIsToldAndTheLargerFirst() {
        FaceTracker small = FaceTracker.create(OPTIONS.withMaxTracks(4), CALIBRATION, 1e-2);
        List<Sighting> crowd = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            crowd.add(Sighting.of(new FaceBox(200 * i, 0, 50 + i, 50 + i, 1)));
        }
        for (int frame = 0; frame < 20; frame++) {
            Followed followed = followed(small.follow(AT.plusMillis(100L * frame), crowd));
            for (int i = 0; i < crowd.size(); i++) {
                assertThat(followed.tracks().get(i).isPresent())
                        .as("face %d", i)
                        .isEqualTo(i >= 6);
            }
        }
        assertThat(small.tracks()).hasSize(4);
    }

    @Test
    void keepsPeopleApartWhoCross() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int swapsByPlace = 0;
        int swapsByLooks = 0;
        for (int i = 0; i < 300; i++) {
            long scene = random.nextLong();
            swapsByPlace += swapped(new Random(scene), false) ? 1 : 0;
            swapsByLooks += swapped(new Random(scene), true) ? 1 : 0;
        }
        System.out.printf(
                Locale.ROOT,
                "300 crossings, seed %d: %d swapped by place alone, %d with templates%n",
                seed,
                swapsByPlace,
                swapsByLooks);
        assertThat(swapsByLooks).isZero();
        assertThat(swapsByPlace).isLessThanOrEqualTo(30);
    }

    /** Two walk past each other; boxes shake, one frame in six misses each face. Whether an id changed hands. */
    private static boolean swapped(Random random, boolean withTemplates) {
        FaceTracker crossing = FaceTracker.create(OPTIONS, CALIBRATION, 1e-2);
        double height = 20 * random.nextDouble();
        double speed = 20 + 30 * random.nextDouble();
        long[] owner = {0, 0};
        for (int frame = 0; frame < 40; frame++) {
            List<Sighting> seen = new ArrayList<>();
            List<Integer> who = new ArrayList<>();
            for (int person = 0; person < 2; person++) {
                if (random.nextInt(6) > 0 || frame < 3) {
                    double along = person == 0 ? frame * speed : 39 * speed - frame * speed;
                    double shake = 3 * random.nextGaussian();
                    FaceBox box = new FaceBox(along + shake, person * height - shake, 100 + shake, 100 - shake, 1);
                    seen.add(new Sighting(
                            box, withTemplates ? Optional.of(template(person, random)) : Optional.empty()));
                    who.add(person);
                }
            }
            List<Optional<Track>> tracks =
                    followed(crossing.follow(AT.plusMillis(100L * frame), seen)).tracks();
            for (int i = 0; i < who.size(); i++) {
                long id = tracks.get(i).orElseThrow().id();
                if (owner[1 - who.get(i)] == id) {
                    return true;
                }
                owner[who.get(i)] = id;
            }
        }
        return false;
    }

    private Followed follow(long millis, Sighting... sightings) {
        return followed(tracker.follow(AT.plus(Duration.ofMillis(millis)), List.of(sightings)));
    }

    private static Followed followed(Tracking tracking) {
        return tracking.fold(followed -> followed, refused -> {
            throw new AssertionError(refused.reason().toString());
        });
    }

    private static Track only(Followed followed) {
        assertThat(followed.tracks()).hasSize(1);
        return followed.tracks().get(0).orElseThrow();
    }

    private static Sighting face(double x, double y) {
        return Sighting.of(new FaceBox(x, y, 100, 100, 0.9));
    }

    private static Sighting face(double x, double y, int person) {
        return new Sighting(new FaceBox(x, y, 100, 100, 0.9), Optional.of(template(person, new Random(1))));
    }

    private static Template template(int person, Random random) {
        float[] vector = new float[16];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (0.05 * random.nextGaussian());
        }
        vector[person] += 1;
        return Template.of("made-up", vector);
    }
}
