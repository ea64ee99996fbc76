package io.gatehouse.biometrics.face.landmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis.Analysed;
import io.gatehouse.core.frame.Frame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class HeadPoseTest {
    private static final long SEED = 11;
    private final Random random = new Random(SEED);

    @Test
    void recoversEveryRotationOfASyntheticHead() {
        for (double yaw = -75; yaw <= 75; yaw += 15) {
            for (double pitch = -60; pitch <= 60; pitch += 15) {
                for (double roll = -170; roll <= 170; roll += 34) {
                    HeadPose pose = pose(head(yaw, pitch, roll, 9.5, 0));
                    assertThat(new double[] {pose.yawDegrees(), pose.pitchDegrees(), pose.rollDegrees()})
                            .as("%s° %s° %s°", yaw, pitch, roll)
                            .containsExactly(new double[] {yaw, pitch, roll}, within(0.01));
                    assertThat(pose.misfit()).isLessThan(1e-4);
                }
            }
        }
    }

    @Test
    void followsThePersonsSide() {
        // Points by hand, so that a wrong sign in both the fit and the synthetic head cannot hide.
        FaceLandmarks frontal = head(0, 0, 0, 10, 0);
        float[] noseRight = moved(frontal, 27, 36, 12, 0);
        assertThat(pose(new FaceLandmarks(noseRight)).yawDegrees()).isGreaterThan(5);
        float[] noseDown = moved(frontal, 28, 36, 0, 8);
        assertThat(pose(new FaceLandmarks(noseDown)).pitchDegrees()).isGreaterThan(5);
        float[] rightEyeOfPictureUp = moved(frontal, 42, 48, 0, -10);
        assertThat(pose(new FaceLandmarks(rightEyeOfPictureUp)).rollDegrees()).isGreaterThan(2);
    }

    @Test
    void staysNearWithNoise() {
        System.out.println("seed " + SEED);
        List<Double> errors = new ArrayList<>();
        for (int round = 0; round < 500; round++) {
            double yaw = 90 * random.nextDouble() - 45;
            double pitch = 60 * random.nextDouble() - 30;
            double roll = 60 * random.nextDouble() - 30;
            // Three hundredths of the distance between the eyes: about what the networks' landmarks stray.
            HeadPose pose = pose(head(yaw, pitch, roll, 10, 0.03 * 63));
            errors.add(Math.abs(pose.yawDegrees() - yaw));
            errors.add(Math.abs(pose.pitchDegrees() - pitch));
            errors.add(Math.abs(pose.rollDegrees() - roll));
        }
        double[] sorted =
                errors.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        assertThat(sorted[sorted.length / 2]).isLessThan(2);
        assertThat(sorted[sorted.length * 99 / 100]).isLessThan(9);
    }

    @Test
    void isALeastSquaresSolution() {
        System.out.println("seed " + SEED);
        for (int round = 0; round < 50; round++) {
            FaceLandmarks landmarks = head(30, -20, 10, 8, 3);
            HeadPose best = pose(landmarks);
            double least = distance(landmarks, best.yawDegrees(), best.pitchDegrees(), best.rollDegrees());
            for (int axis = 0; axis < 6; axis++) {
                double step = axis % 2 == 0 ? 0.5 : -0.5;
                double other = distance(
                        landmarks,
                        best.yawDegrees() + (axis / 2 == 0 ? step : 0),
                        best.pitchDegrees() + (axis / 2 == 1 ? step : 0),
                        best.rollDegrees() + (axis / 2 == 2 ? step : 0));
                assertThat(other).isGreaterThanOrEqualTo(least);
            }
        }
    }

    @Test
    void hasNoAnswerForPointsThatAreNoHead() {
        float[] spot = new float[2 * FaceLandmarks.COUNT];
        Arrays.fill(spot, 40);
        assertThat(HeadPose.of(new FaceLandmarks(spot))).isEmpty();
        float[] line = new float[2 * FaceLandmarks.COUNT];
        for (int i = 0; i < FaceLandmarks.COUNT; i++) {
            line[2 * i] = 3 * i;
            line[2 * i + 1] = 2 * i;
        }
        assertThat(HeadPose.of(new FaceLandmarks(line))).isEmpty();
    }

    @Test
    void answersAnyFinitePoints() {
        System.out.println("seed " + SEED);
        for (int round = 0; round < 2_000; round++) {
            float[] points = new float[2 * FaceLandmarks.COUNT];
            float size = (float) Math.pow(10, 12 * random.nextDouble() - 6);
            for (int i = 0; i < points.length; i++) {
                points[i] = size * (random.nextFloat() - 0.5f);
            }
            HeadPose.of(new FaceLandmarks(points))
                    .ifPresent(pose -> assertThat(pose.misfit()).isNotNegative());
        }
    }

    @Test
    void refusesAnglesThatAreNone() {
        assertThatThrownBy(() -> new HeadPose(0, 91, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("91");
        assertThatThrownBy(() -> new HeadPose(Double.NaN, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HeadPose(0, 0, 0, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mirrorsWithThePicture() {
        List<Path> pictures = FacePictures.people(FacePictures.folder("johns")).values().stream()
                .flatMap(List::stream)
                .toList();
        List<HeadPose> poses = new ArrayList<>();
        List<HeadPose> mirrored = new ArrayList<>();
        try (FaceAnalyser analyser = FacePictures.measuringAnalyser()) {
            for (Path picture : pictures) {
                Frame frame = FacePictures.frame(picture);
                poses.add(pose(landmarks(analyser, frame)));
                mirrored.add(pose(landmarks(analyser, mirrored(frame))));
            }
        }
        System.out.println("yaw " + summary(poses, HeadPose::yawDegrees) + ", pitch "
                + summary(poses, HeadPose::pitchDegrees) + ", roll " + summary(poses, HeadPose::rollDegrees)
                + ", misfit "
                + summary(poses, HeadPose::misfit));
        assertThat(poses).allSatisfy(pose -> assertThat(pose.misfit()).isLessThan(0.1));
        double[] yaws = new double[poses.size()];
        double[] pitches = new double[poses.size()];
        double[] rolls = new double[poses.size()];
        for (int i = 0; i < poses.size(); i++) {
            yaws[i] = Math.abs(poses.get(i).yawDegrees() + mirrored.get(i).yawDegrees());
            pitches[i] = Math.abs(poses.get(i).pitchDegrees() - mirrored.get(i).pitchDegrees());
            rolls[i] = Math.abs(poses.get(i).rollDegrees() + mirrored.get(i).rollDegrees());
        }
        for (double[] differences : List.of(yaws, pitches, rolls)) {
            Arrays.sort(differences);
            System.out.println("after mirroring: median " + differences[differences.length / 2] + "°, most "
                    + differences[differences.length - 1] + "°");
            assertThat(differences[differences.length / 2]).isLessThan(3);
            assertThat(differences[differences.length * 9 / 10]).isLessThan(10);
        }
    }

    private static String summary(List<HeadPose> poses, ToDoubleFunction<HeadPose> value) {
        double[] sorted = poses.stream().mapToDouble(value).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f to %.2f)",
                sorted[sorted.length / 2],
                sorted[sorted.length / 20],
                sorted[sorted.length - 1 - sorted.length / 20]);
    }

    private static Frame mirrored(Frame frame) {
        byte[] pixels = frame.toBgr();
        byte[] mirrored = new byte[pixels.length];
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < frame.width(); x++) {
                System.arraycopy(
                        pixels,
                        3 * (y * frame.width() + x),
                        mirrored,
                        3 * (y * frame.width() + frame.width() - 1 - x),
                        3);
            }
        }
        return Frame.ofBgr(frame.width(), frame.height(), mirrored, frame.capturedAt(), frame.source());
    }

    private static FaceLandmarks landmarks(FaceAnalyser analyser, Frame frame) {
        return analyser.analyse(frame)
                .fold(Analysed::first, none -> {
                    throw new AssertionError(none.reason().toString());
                })
                .landmarks();
    }

    private static HeadPose pose(FaceLandmarks landmarks) {
        return HeadPose.of(landmarks).orElseThrow();
    }

    private static float[] moved(FaceLandmarks landmarks, int from, int to, double right, double down) {
        float[] points = landmarks.points();
        for (int i = from; i < to; i++) {
            points[2 * i] += (float) right;
            points[2 * i + 1] += (float) down;
        }
        return points;
    }

    /** The mean head, turned, at so many pixels a centimetre, with normal noise of so many pixels. */
    private FaceLandmarks head(double yaw, double pitch, double roll, double scale, double noise) {
        float[] points = new float[2 * FaceLandmarks.COUNT];
        for (int i = 0; i < MeanHead.COUNT; i++) {
            double[] turned = turned(i, yaw, pitch, roll);
            int landmark = MeanHead.landmark(i);
            points[2 * landmark] = (float) (320 + scale * turned[0] + noise * random.nextGaussian());
            points[2 * landmark + 1] = (float) (240 - scale * turned[1] + noise * random.nextGaussian());
        }
        return new FaceLandmarks(points);
    }

    /** One axis after the other, roll first, as the standard says. */
    private static double[] turned(int point, double yaw, double pitch, double roll) {
        double[] p = {MeanHead.at(point, 0), MeanHead.at(point, 1), MeanHead.at(point, 2)};
        spin(p, 0, 1, roll);
        spin(p, 1, 2, pitch);
        spin(p, 2, 0, yaw);
        return p;
    }

    private static void spin(double[] point, int first, int second, double degrees) {
        double sine = Math.sin(Math.toRadians(degrees));
        double cosine = Math.cos(Math.toRadians(degrees));
        double a = point[first];
        double b = point[second];
        point[first] = cosine * a - sine * b;
        point[second] = sine * a + cosine * b;
    }

    /** The least squared distance of the landmarks from a head in this pose, over all scales and places. */
    private static double distance(FaceLandmarks landmarks, double yaw, double pitch, double roll) {
        int count = MeanHead.COUNT;
        double[] seen = new double[2 * count];
        double[] model = new double[2 * count];
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < count; i++) {
            meanX += landmarks.x(MeanHead.landmark(i)) / count;
            meanY += landmarks.y(MeanHead.landmark(i)) / count;
        }
        double product = 0;
        double square = 0;
        for (int i = 0; i < count; i++) {
            double[] turned = turned(i, yaw, pitch, roll);
            seen[2 * i] = landmarks.x(MeanHead.landmark(i)) - meanX;
            seen[2 * i + 1] = meanY - landmarks.y(MeanHead.landmark(i));
            model[2 * i] = turned[0];
            model[2 * i + 1] = turned[1];
            product += seen[2 * i] * turned[0] + seen[2 * i + 1] * turned[1];
            square += turned[0] * turned[0] + turned[1] * turned[1];
        }
        double sum = 0;
        for (int i = 0; i < seen.length; i++) {
            double difference = seen[i] - product / square * model[i];
            sum += difference * difference;
        }
        return sum;
    }
}
