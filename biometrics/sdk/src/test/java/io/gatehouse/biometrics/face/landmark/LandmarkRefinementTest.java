package io.gatehouse.biometrics.face.landmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.biometrics.face.detect.FaceDetector;
import io.gatehouse.biometrics.model.LandmarkModel.Refinement;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.picture.Picture;
import io.gatehouse.biometrics.picture.Similarity;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LandmarkRefinementTest {
    private static final long SEED = 3;

    @Test
    void aMirrorTurnsLandmarksAboutAndBack() {
        int[] other = LandmarkLocator.mirrored();
        for (int i = 0; i < other.length; i++) {
            assertThat(other[other[i]]).isEqualTo(i);
        }
        assertThat(other[36]).isEqualTo(45);
        assertThat(other[41]).isEqualTo(46);
        assertThat(other[48]).isEqualTo(54);
        assertThat(other[30]).isEqualTo(30);
        assertThat(other[8]).isEqualTo(8);
    }

    @Test
    void theCropLiesOnTheFaceHoweverItIsTurned() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        Refinement rule = new Refinement(1, true, 0.5, 0.39, 1.62);
        double[] mean = MeanFace.points();
        for (int round = 0; round < 50; round++) {
            double angle = Math.PI * (random.nextDouble() - 0.5);
            double scale = 20 + 300 * random.nextDouble();
            double x0 = 1_000 * random.nextDouble();
            double y0 = 1_000 * random.nextDouble();
            float[] points = new float[2 * FaceLandmarks.COUNT];
            for (int i = 0; i < mean.length / 2; i++) {
                int landmark = MeanFace.landmark(i);
                points[2 * landmark] = (float) place(mean[2 * i], -mean[2 * i + 1], angle, scale, x0);
                points[2 * landmark + 1] = (float) place(mean[2 * i + 1], mean[2 * i], angle, scale, y0);
            }
            RefinedCrop crop = RefinedCrop.of(new FaceLandmarks(points), rule);
            assertThat(crop.side()).isCloseTo(1.62 * scale, within(1e-2));
            assertThat(crop.radians()).isCloseTo(angle, within(1e-4));
            assertThat(crop.centreX()).isCloseTo(place(0.5, -0.39, angle, scale, x0), within(1e-2));
            assertThat(crop.centreY()).isCloseTo(place(0.39, 0.5, angle, scale, y0), within(1e-2));
            // Both ways between crop and picture agree; pixels' middles are half a pixel from their edges.
            double[] at = crop.pictured(0.25, 0.75);
            Similarity toPixels = crop.toPixels(112);
            double[] back = toPixels.inverse(0.25 * 112 - 0.5, 0.75 * 112 - 0.5);
            assertThat(back[0] + 0.5).isCloseTo(at[0], within(1e-6));
            assertThat(back[1] + 0.5).isCloseTo(at[1], within(1e-6));
        }
    }

    private static double place(double along, double across, double angle, double scale, double move) {
        return move + scale * (Math.cos(angle) * along + Math.sin(angle) * across);
    }

    @Test
    void sayThatLandmarksInOneSpotGiveNoCrop() {
        Refinement rule = new Refinement(1, true, 0.5, 0.39, 1.62);
        RefinedCrop crop = RefinedCrop.of(new FaceLandmarks(new float[2 * FaceLandmarks.COUNT]), rule);
        assertThat(crop.isUsable(640, 480)).isFalse();
    }

    @Test
    void theSecondLookDependsLessOnTheDetectorsBox() {
        Map<Integer, Double> moved = new TreeMap<>();
        for (int version = 1; version <= 2; version++) {
            ModelPack pack = version == 1 ? ModelPack.loadDefault() : ModelPack.loadSteady();
            Random random = new Random(SEED);
            double sum = 0;
            int count = 0;
            try (FaceDetector detector = FaceDetector.open(pack, 64, 1);
                    LandmarkLocator locator = LandmarkLocator.open(pack, 1)) {
                for (var pictures :
                        FacePictures.people(FacePictures.folder("johns")).values()) {
                    try (Picture picture = Picture.of(FacePictures.frame(pictures.get(0)))) {
                        FaceBox box = detector.detect(picture).get(0);
                        FaceLandmarks still = locator.locate(picture, box);
                        for (int i = 0; i < 6; i++) {
                            sum += distance(still, locator.locate(picture, moved(box, random))) / box.height();
                            count++;
                        }
                    }
                }
            }
            moved.put(version, 100 * sum / count);
        }
        System.out.println("landmarks move, in % of the box's height, when the box does by 4 %: " + moved);
        assertThat(moved.getOrDefault(2, 100.0)).isLessThan(0.6 * moved.getOrDefault(1, 0.0));
    }

    private static FaceBox moved(FaceBox box, Random random) {
        double by = 0.04 * box.height();
        return new FaceBox(
                box.x() + by * random.nextGaussian(),
                box.y() + by * random.nextGaussian(),
                box.width() + by * random.nextGaussian(),
                box.height() + by * random.nextGaussian(),
                1);
    }

    private static double distance(FaceLandmarks one, FaceLandmarks other) {
        double sum = 0;
        for (int i : List.of(30, 36, 39, 42, 45, 48, 54)) {
            sum += Math.hypot(one.x(i) - other.x(i), one.y(i) - other.y(i)) / 7;
        }
        return sum;
    }
}
