package io.gatehouse.biometrics.face.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.biometrics.face.detect.FaceDetector;
import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.face.landmark.HeadPose;
import io.gatehouse.biometrics.face.landmark.LandmarkLocator;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.core.frame.Frame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Depth as the real network's landmarks show it: on photographs that are turned in space, as a print is, and on different
 * photographs of people who happen to have turned their heads.
 */
class TurnedPicturesTest {
    private static final double TURN = ChallengeOptions.DEFAULT.turnDegrees();
    private static final double NOD = ChallengeOptions.DEFAULT.nodDegrees();

    @Test
    @DisplayName(
            "ATT-14 Photographs turned by 15 to 45 degrees before the real landmark network show no turn of the head")
    void seesNoDepthInTurnedPhotographs() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int looked = 0;
        int turns = 0;
        int nods = 0;
        int flat = 0;
        List<Double> depths = new ArrayList<>();
        try (Networks networks = Networks.open()) {
            for (List<Path> pictures :
                    FacePictures.people(FacePictures.folder("johns")).values()) {
                for (Path picture : pictures.subList(0, 6)) {
                    Frame frame = FacePictures.frame(picture);
                    Optional<NeutralFace> neutral = neutral(networks, frame, random);
                    for (int i = 0; i < 4 && neutral.isPresent(); i++) {
                        double degrees = (15 + 30 * random.nextDouble()) * (random.nextBoolean() ? 1 : -1);
                        boolean sideways = i % 2 == 0;
                        Frame turned = turned(frame, sideways ? degrees : 0, sideways ? 0 : degrees);
                        Optional<FaceLandmarks> seen = landmarks(networks, turned);
                        if (seen.isPresent()) {
                            HeadMotion motion = neutral.get().to(seen.get());
                            looked++;
                            turns += Math.abs(motion.yawDegrees()) >= TURN ? 1 : 0;
                            nods += Math.abs(motion.pitchDegrees()) >= NOD ? 1 : 0;
                            flat += motion.planeDegrees() > 28 && motion.depthDegrees() < 0.4 * motion.planeDegrees()
                                    ? 1
                                    : 0;
                            depths.add(motion.depthDegrees());
                        }
                    }
                }
            }
        }
        depths.sort(Double::compare);
        System.out.printf(
                Locale.ROOT,
                "seed %d: of %d turned photographs %d look turned, %d nodded, %d flat; depth median %.1f°, 95 %% below"
                        + " %.1f°%n",
                seed,
                looked,
                turns,
                nods,
                flat,
                depths.get(depths.size() / 2),
                depths.get(depths.size() * 95 / 100));
        assertThat(looked).isGreaterThan(100);
        assertThat(turns).isLessThanOrEqualTo(looked / 25);
        assertThat(nods).isLessThanOrEqualTo(looked / 12);
    }

    @Test
    @DisplayName("ATT-14 People who turned their heads in one photograph and not in another show depth")
    void seesDepthInTurnedHeads() {
        Map<String, List<FaceLandmarks>> people = new TreeMap<>();
        try (Networks networks = Networks.open()) {
            for (String set : List.of("johns", "lfw")) {
                FacePictures.people(FacePictures.folder(set)).forEach((person, pictures) -> {
                    if (pictures.size() >= 5) {
                        people.put(
                                person,
                                pictures.stream()
                                        .map(each -> landmarks(networks, FacePictures.frame(each)))
                                        .flatMap(Optional::stream)
                                        .toList());
                    }
                });
            }
        }
        int turned = 0;
        int seen = 0;
        int flat = 0;
        List<double[]> pairs = new ArrayList<>();
        for (List<FaceLandmarks> faces : people.values()) {
            for (FaceLandmarks straight : faces) {
                HeadPose from = straight.headPose().orElseThrow();
                if (Math.abs(from.yawDegrees()) > 8) {
                    continue;
                }
                NeutralFace neutral = NeutralFace.of(List.of(straight));
                for (FaceLandmarks face : faces) {
                    double yaw = face.headPose().orElseThrow().yawDegrees() - from.yawDegrees();
                    HeadMotion motion = neutral.to(face);
                    pairs.add(new double[] {yaw, motion.yawDegrees()});
                    if (Math.abs(yaw) > 20) {
                        turned++;
                        seen += motion.yawDegrees() * Math.signum(yaw) >= TURN ? 1 : 0;
                        flat += motion.planeDegrees() > 28 && motion.depthDegrees() < 0.4 * motion.planeDegrees()
                                ? 1
                                : 0;
                    }
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d people: of %d pairs turned by more than 20° %d show a turn to the right side, %d look flat; correlation"
                        + " of yaw over %d pairs %.3f%n",
                people.size(),
                turned,
                seen,
                flat,
                pairs.size(),
                correlation(pairs));
        assertThat(turned).isGreaterThan(150);
        assertThat(seen).isGreaterThanOrEqualTo(turned * 97 / 100);
        assertThat(flat).isLessThanOrEqualTo(turned / 100);
        assertThat(correlation(pairs)).isGreaterThan(0.97);
    }

    @Test
    @DisplayName("ATT-14 A photograph before the camera that follows a challenge as well as it can does not pass")
    void refusesPhotographsInAChallenge() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ChallengeOptions options =
                ChallengeOptions.DEFAULT.withMoves(List.of(Move.TURN_LEFT, Move.TURN_RIGHT, Move.NOD));
        Map<String, Integer> ends = new TreeMap<>();
        try (Networks networks = Networks.open()) {
            for (List<Path> pictures :
                    FacePictures.people(FacePictures.folder("johns")).values()) {
                for (Path picture : pictures.subList(0, 3)) {
                    ChallengeState end = challenged(networks, FacePictures.frame(picture), options, random);
                    ends.merge(
                            end.fold(
                                    a -> "asking",
                                    p -> "passed",
                                    f -> f.reason().code()),
                            1,
                            Integer::sum);
                }
            }
        }
        System.out.println("photographs in a challenge, seed " + seed + ": " + ends);
        assertThat(ends).doesNotContainKey("passed");
    }

    /** Turned towards what is asked, a little shaky, at five frames a second. */
    private static ChallengeState challenged(
            Networks networks, Frame picture, ChallengeOptions options, Random random) {
        ChallengeSession session = ChallengeSession.start(
                Challenge.draw(options, random), options, ChallengeActors.CALIBRATION, ChallengeActors.START);
        double far = 20 + 25 * random.nextDouble();
        double yaw = 0;
        double pitch = 0;
        for (int i = 1; session.state() instanceof ChallengeState.Asking asking; i++) {
            double toYaw = asking.move() == Move.TURN_LEFT ? far : asking.move() == Move.TURN_RIGHT ? -far : 0;
            double toPitch = asking.move() == Move.NOD ? far : 0;
            yaw += Math.max(-15, Math.min(15, toYaw - yaw));
            pitch += Math.max(-15, Math.min(15, toPitch - pitch));
            double seconds = i / 5.0;
            Frame frame = turned(picture, yaw + random.nextGaussian(), pitch + random.nextGaussian());
            landmarks(networks, frame)
                    .ifPresentOrElse(
                            seen -> session.offer(ChallengeActors.frame(seconds, seen, 0)),
                            () -> session.offerNone(ChallengeActors.at(seconds)));
        }
        return session.state();
    }

    private static double correlation(List<double[]> pairs) {
        double[] mean = new double[2];
        pairs.forEach(pair -> {
            mean[0] += pair[0] / pairs.size();
            mean[1] += pair[1] / pairs.size();
        });
        double[] sums = new double[3];
        pairs.forEach(pair -> {
            double x = pair[0] - mean[0];
            double y = pair[1] - mean[1];
            sums[0] += x * y;
            sums[1] += x * x;
            sums[2] += y * y;
        });
        return sums[0] / Math.sqrt(sums[1] * sums[2]);
    }

    /** From five sights of the photograph, each tilted by up to two degrees or so. */
    private static Optional<NeutralFace> neutral(Networks networks, Frame frame, Random random) {
        List<FaceLandmarks> sights = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            landmarks(networks, turned(frame, random.nextGaussian(), random.nextGaussian()))
                    .ifPresent(sights::add);
        }
        return sights.size() < 5 ? Optional.empty() : Optional.of(NeutralFace.of(sights));
    }

    private static Optional<FaceLandmarks> landmarks(Networks networks, Frame frame) {
        return networks.detector.detect(frame).stream()
                .max(Comparator.comparingDouble(FaceBox::area))
                .map(box -> networks.locator.locate(frame, box));
    }

    private record Networks(FaceDetector detector, LandmarkLocator locator) implements AutoCloseable {
        static Networks open() {
            ModelPack pack = ModelPack.loadDefault();
            return new Networks(FaceDetector.open(pack, 40, 1), LandmarkLocator.open(pack, 1));
        }

        @Override
        public void close() {
            detector.close();
            locator.close();
        }
    }

    /** The picture as a sheet that is turned about its middle, seen from twice its width away; grey around it. */
    private static Frame turned(Frame frame, double yawDegrees, double pitchDegrees) {
        double yaw = Math.toRadians(yawDegrees);
        double pitch = Math.toRadians(pitchDegrees);
        double far = 2.0 * frame.width();
        // The turned sheet's axes: where a step to the right and one down in the picture go in space.
        double[] right = {Math.cos(yaw), 0, -Math.sin(yaw)};
        double[] down = {-Math.sin(yaw) * Math.sin(pitch), Math.cos(pitch), -Math.cos(yaw) * Math.sin(pitch)};
        byte[] from = frame.toBgr();
        byte[] to = new byte[from.length];
        Arrays.fill(to, (byte) 128);
        int width = frame.width();
        int height = frame.height();
        for (int v = 0; v < height; v++) {
            for (int u = 0; u < width; u++) {
                // far·(x, y) = (u, v)·(far − z), solved for the place (s, t) on the sheet.
                double dx = u - width / 2.0;
                double dy = v - height / 2.0;
                double a = far * right[0] + dx * right[2];
                double b = far * down[0] + dx * down[2];
                double c = far * right[1] + dy * right[2];
                double d = far * down[1] + dy * down[2];
                double determinant = a * d - b * c;
                double s = (dx * far * d - b * dy * far) / determinant + width / 2.0;
                double t = (a * dy * far - c * dx * far) / determinant + height / 2.0;
                blend(from, to, width, height, s, t, Frame.CHANNELS * (v * width + u));
            }
        }
        return Frame.ofBgr(width, height, to, frame.capturedAt(), frame.source());
    }

    private static void blend(byte[] from, byte[] to, int width, int height, double x, double y, int at) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) {
            return;
        }
        for (int channel = 0; channel < Frame.CHANNELS; channel++) {
            double sum = 0;
            for (int corner = 0; corner < 4; corner++) {
                int cx = left + (corner & 1);
                int cy = top + (corner >> 1);
                double weight = (1 - Math.abs(x - cx)) * (1 - Math.abs(y - cy));
                sum += weight * (from[Frame.CHANNELS * (cy * width + cx) + channel] & 0xFF);
            }
            to[at + channel] = (byte) Math.round(sum);
        }
    }
}
