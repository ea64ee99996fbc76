package io.gatehouse.biometrics.face.quality;

import static io.gatehouse.biometrics.face.quality.QualityMeasure.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.face.quality.QualityResult.Assessed;
import io.gatehouse.biometrics.face.quality.QualityResult.NotAssessed;
import org.junit.jupiter.api.Test;

class FaceGeometryTest {
    @Test
    void measuresTheDistanceBetweenTheEyes() {
        assertThat(raw(INTER_EYE_DISTANCE, DrawnFace.landmarks(300, 200, 70), 600))
                .isCloseTo(70, within(4.0));
        double last = -1;
        for (double eyes : new double[] {10, 24, 40, 70, 120, 300}) {
            FaceGeometry geometry = new FaceGeometry(DrawnFace.landmarks(500, 400, eyes), 1_000, 1_000);
            assertThat(geometry.eyes()).isCloseTo(eyes, within(1e-3));
            int component = assessed(geometry.interEyeDistance()).component();
            assertThat(component).isGreaterThanOrEqualTo((int) last);
            last = component;
        }
        assertThat(last).isEqualTo(100);
    }

    @Test
    void measuresTheHeadAgainstThePicture() {
        // Eyes 100 apart: the chin is 120 below their middle.
        FaceLandmarks landmarks = DrawnFace.landmarks(300, 200, 100);
        assertThat(raw(HEAD_SIZE, landmarks, 600)).isCloseTo(0.2, within(1e-3));
        assertThat(component(HEAD_SIZE, landmarks, 267)).isGreaterThan(97);
        assertThat(component(HEAD_SIZE, landmarks, 600)).isLessThan(5);
    }

    @Test
    void measuresTheRoomAroundTheFace() {
        FaceGeometry geometry = new FaceGeometry(DrawnFace.landmarks(300, 200, 100), 450, 400);
        assertThat(assessed(geometry.cropLeft()).raw()).isCloseTo(2.5, within(1e-3));
        assertThat(assessed(geometry.cropRight()).raw()).isCloseTo(1.0, within(1e-3));
        assertThat(assessed(geometry.cropAbove()).raw()).isCloseTo(200 / 120.0, within(1e-3));
        assertThat(assessed(geometry.cropBelow()).raw()).isCloseTo(200 / 120.0, within(1e-3));
        assertThat(assessed(geometry.cropLeft()).component()).isEqualTo(100);
        // 1 / (1 + e^(0.9 − 1.0) / 0.1)
        assertThat(assessed(geometry.cropRight()).component()).isEqualTo(73);
    }

    @Test
    void fallsAsAnEyeCloses() {
        int last = 101;
        for (double open : new double[] {1, 0.5, 0.25, 0.1, 0}) {
            float[] points = DrawnFace.landmarks(300, 200, 100).points();
            for (int lid : new int[] {43, 44, 46, 47}) {
                points[2 * lid + 1] = (float) (200 + open * (points[2 * lid + 1] - 200));
            }
            int component = component(EYES_OPEN, new FaceLandmarks(points), 600);
            assertThat(component).as("open %s", open).isLessThan(last);
            last = component;
        }
        // The other eye is open: the less open one counts. 1 / (1 + e²)
        assertThat(last).isEqualTo(12);
    }

    @Test
    void fallsAsTheMouthOpens() {
        int last = 101;
        for (double gap : new double[] {0, 12, 24, 48}) {
            float[] points = DrawnFace.landmarks(300, 200, 100).points();
            for (int lip : new int[] {65, 66, 67}) {
                points[2 * lip + 1] += (float) gap;
            }
            FaceLandmarks landmarks = new FaceLandmarks(points);
            assertThat(raw(MOUTH_CLOSED, landmarks, 600)).isCloseTo(gap / 120, within(1e-3));
            int component = component(MOUTH_CLOSED, landmarks, 600);
            assertThat(component).isLessThan(last);
            last = component;
        }
    }

    @Test
    void squaresTheCosineOfTheAngles() {
        FaceLandmarks landmarks = DrawnFace.landmarks(300, 200, 100);
        FaceGeometry geometry = new FaceGeometry(landmarks, 600, 600);
        var pose = landmarks.headPose().orElseThrow();
        assertThat(assessed(geometry.yaw()).raw()).isEqualTo(pose.yawDegrees());
        assertThat(assessed(geometry.pitch()).component()).isEqualTo((int)
                Math.round(100 * Math.pow(Math.cos(Math.toRadians(pose.pitchDegrees())), 2)));
        assertThat(assessed(geometry.roll()).raw()).isCloseTo(0, within(1e-6));
    }

    @Test
    void saysThatPointsInOneSpotAreNoHead() {
        FaceLandmarks spot = new FaceLandmarks(new float[2 * FaceLandmarks.COUNT]);
        FaceGeometry geometry = new FaceGeometry(spot, 100, 100);
        assertThat(geometry.yaw()).isInstanceOf(NotAssessed.class);
        assertThat(geometry.cropLeft()).isInstanceOf(NotAssessed.class);
        assertThat(geometry.cropBelow()).isInstanceOf(NotAssessed.class);
        assertThat(geometry.eyesOpen()).isInstanceOf(NotAssessed.class);
        assertThat(geometry.mouthClosed()).isInstanceOf(NotAssessed.class);
        assertThat(assessed(geometry.interEyeDistance()).raw()).isZero();
    }

    private static double raw(QualityMeasure measure, FaceLandmarks landmarks, int height) {
        return assessed(result(measure, landmarks, height)).raw();
    }

    private static int component(QualityMeasure measure, FaceLandmarks landmarks, int height) {
        return assessed(result(measure, landmarks, height)).component();
    }

    private static QualityResult result(QualityMeasure measure, FaceLandmarks landmarks, int height) {
        FaceGeometry geometry = new FaceGeometry(landmarks, 600, height);
        return switch (measure) {
            case INTER_EYE_DISTANCE -> geometry.interEyeDistance();
            case HEAD_SIZE -> geometry.headSize();
            case EYES_OPEN -> geometry.eyesOpen();
            case MOUTH_CLOSED -> geometry.mouthClosed();
            default -> throw new AssertionError(measure);
        };
    }

    private static Assessed assessed(QualityResult result) {
        return (Assessed) result;
    }
}
