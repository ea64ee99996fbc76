package io.gatehouse.biometrics.face.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis.Analysed;
import io.gatehouse.biometrics.face.FaceAnalysis.Face;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.biometrics.face.detect.Rotations;
import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.picture.Picture;
import io.gatehouse.biometrics.picture.Similarity;
import io.gatehouse.core.frame.Frame;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Faces on their side and upside down, as a terminal that is mounted sideways sees them. */
class TurnedQualityTest {
    private static final EnumSet<QualityMeasure> ALL = EnumSet.allOf(QualityMeasure.class);

    @Test
    void measuresATurnedPictureAsTheUprightOne() {
        Frame frame = cut(FacePictures.frame(
                FacePictures.folder("lfw").resolve("Abel_Pacheco").resolve("Abel_Pacheco_0001.jpg")));
        Face face = upright(frame);
        List<FaceBox> others = List.of(new FaceBox(3, 5, 20, 30, 0.9));
        Similarity toChip = new Similarity(1, 0, -30, -20);
        Frame chip = chip(frame, toChip);
        FaceQuality expected = assess(frame, face.box(), others, face.landmarks(), chip, toChip);
        for (int quarter : new int[] {90, 180, 270}) {
            Frame turned = turned(frame, quarter);
            double[] middle =
                    place(frame, quarter, face.box().centreX(), face.box().centreY());
            FaceBox box = new FaceBox(
                    middle[0] - face.box().width() / 2,
                    middle[1] - face.box().height() / 2,
                    face.box().width(),
                    face.box().height(),
                    face.box().score(),
                    quarter);
            FaceLandmarks landmarks = placed(frame, quarter, face.landmarks());
            FaceQuality found = assess(turned, box, others, landmarks, chip, toChip.after(turnedBack(frame, quarter)));
            for (QualityMeasure measure : QualityMeasure.values()) {
                assertThat(found.raw(measure).isPresent())
                        .as("%s at %d", measure, quarter)
                        .isEqualTo(expected.raw(measure).isPresent());
                if (found.raw(measure).isPresent()) {
                    double raw = expected.raw(measure).getAsDouble();
                    assertThat(found.raw(measure).getAsDouble())
                            .as("%s at %d", measure, quarter)
                            .isCloseTo(raw, within(1e-3 * Math.max(1, Math.abs(raw))));
                }
            }
        }
    }

    @Test
    @DisplayName("ATT-10 Where in-plane rotation is asked for, both profiles take a face at 90, 180 and 270 degrees")
    void takesFacesOnTheirSideWhereRotationsAreAskedFor() {
        List<Frame> frames = FacePictures.people(FacePictures.folder("lfw")).values().stream()
                .map(pictures -> FacePictures.frame(pictures.get(0)))
                .limit(10)
                .toList();
        for (QualityProfile profile : List.of(QualityProfile.GATE, QualityProfile.ENROLMENT)) {
            FaceOptions options = FaceOptions.GATE.withProfile(profile);
            Map<String, Integer> refused = new TreeMap<>();
            int taken = 0;
            int looked = 0;
            try (FaceAnalyser upright = FaceAnalyser.insecureWithoutLiveness(ModelPack.loadDefault(), options);
                    FaceAnalyser turning = FaceAnalyser.insecureWithoutLiveness(
                            ModelPack.loadDefault(), options.withRotations(Rotations.QUARTER_TURNS))) {
                for (Frame frame : frames) {
                    Face expected = first(upright, frame);
                    for (int quarter : new int[] {90, 180, 270}) {
                        Face face = first(turning, turned(frame, quarter));
                        looked += expected.template().isPresent() ? 1 : 0;
                        taken += same(expected, face) ? 1 : 0;
                        face.refusals().forEach(reason -> refused.merge(reason.code(), 1, Integer::sum));
                    }
                }
            }
            System.out.println("turned faces: " + taken + " of " + looked + " taken, refused " + refused);
            assertThat(looked).isGreaterThanOrEqualTo(24);
            assertThat(taken).isGreaterThanOrEqualTo(looked * 9 / 10);
        }
    }

    @Test
    void refusesAFaceOnItsSideWhereNoRotationIsAskedFor() {
        Frame frame = FacePictures.frame(
                FacePictures.folder("lfw").resolve("Abel_Pacheco").resolve("Abel_Pacheco_0001.jpg"));
        try (FaceAnalyser analyser = FaceAnalyser.insecureWithoutLiveness(ModelPack.loadDefault(), FaceOptions.GATE)) {
            boolean taken = analyser.analyseNearest(turned(frame, 90))
                    .fold(analysed -> analysed.first().template().isPresent(), noFace -> false);
            assertThat(taken).isFalse();
        }
    }

    private static boolean same(Face expected, Face found) {
        return expected.template().isPresent()
                && found.template().isPresent()
                && expected.template().get().distance(found.template().get()) < 0.4;
    }

    private static Face upright(Frame frame) {
        try (FaceAnalyser analyser = FacePictures.measuringAnalyser()) {
            return first(analyser, frame);
        }
    }

    private static Face first(FaceAnalyser analyser, Frame frame) {
        return analyser.analyseNearest(frame).fold(Analysed::first, none -> {
            throw new AssertionError(none.reason().toString());
        });
    }

    private static Frame chip(Frame frame, Similarity toChip) {
        try (Picture picture = Picture.of(frame)) {
            return Frame.ofBgr(150, 150, picture.warped(toChip, 150), frame.capturedAt(), "chip");
        }
    }

    private static FaceQuality assess(
            Frame frame, FaceBox box, List<FaceBox> others, FaceLandmarks landmarks, Frame chip, Similarity toChip) {
        try (Picture picture = Picture.of(frame)) {
            return FaceQualityAssessor.create()
                    .assess(new FaceSample(picture, box, others, landmarks, chip, toChip), ALL);
        }
    }

    /** Not square, and another place than the middle for the face, so that no side can be taken for another. */
    private static Frame cut(Frame frame) {
        int width = frame.width() - 30;
        int height = frame.height() - 10;
        byte[] from = frame.toBgr();
        byte[] to = new byte[Frame.CHANNELS * width * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(
                    from, Frame.CHANNELS * y * frame.width(), to, Frame.CHANNELS * y * width, Frame.CHANNELS * width);
        }
        return Frame.ofBgr(width, height, to, frame.capturedAt(), frame.source());
    }

    /** Clockwise, pixel by pixel. */
    private static Frame turned(Frame frame, int quarter) {
        int width = quarter == 180 ? frame.width() : frame.height();
        int height = quarter == 180 ? frame.height() : frame.width();
        byte[] from = frame.toBgr();
        byte[] to = new byte[from.length];
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < frame.width(); x++) {
                double[] at = place(frame, quarter, x + 0.5, y + 0.5);
                int column = (int) at[0];
                int row = (int) at[1];
                int target = Frame.CHANNELS * (row * width + column);
                System.arraycopy(from, Frame.CHANNELS * (y * frame.width() + x), to, target, Frame.CHANNELS);
            }
        }
        return Frame.ofBgr(width, height, to, frame.capturedAt(), frame.source());
    }

    /** Where a point of the picture is when that is turned clockwise. */
    private static double[] place(Frame frame, int quarter, double x, double y) {
        return switch (quarter) {
            case 90 -> new double[] {frame.height() - y, x};
            case 180 -> new double[] {frame.width() - x, frame.height() - y};
            default -> new double[] {y, frame.width() - x};
        };
    }

    private static FaceLandmarks placed(Frame frame, int quarter, FaceLandmarks landmarks) {
        float[] points = landmarks.points();
        for (int i = 0; i < points.length; i += 2) {
            double[] at = place(frame, quarter, points[i], points[i + 1]);
            points[i] = (float) at[0];
            points[i + 1] = (float) at[1];
        }
        return new FaceLandmarks(points);
    }

    /** From the turned picture to the upright one. */
    private static Similarity turnedBack(Frame frame, int quarter) {
        return switch (quarter) {
            case 90 -> new Similarity(0, -1, 0, frame.height());
            case 180 -> new Similarity(-1, 0, frame.width(), frame.height());
            default -> new Similarity(0, 1, frame.width(), 0);
        };
    }
}
