package io.gatehouse.biometrics.face.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.face.landmark.MeanFace;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.picture.Similarity;
import io.gatehouse.core.frame.Frame;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SimilarityTest {
    private static final long SEED = 7;
    private final Random random = new Random(SEED);

    @Test
    void equalsTheSolutionOfTheNormalEquations() {
        System.out.println("seed " + SEED);
        for (int round = 0; round < 100; round++) {
            double[] from = points(33, 200);
            double[] to = points(33, 150);
            double[] expected = normalEquations(from, to);
            Similarity fitted = Similarity.fit(from, to);
            assertThat(new double[] {fitted.a(), fitted.b(), fitted.moveX(), fitted.moveY()})
                    .containsExactly(expected, within(1e-8));
        }
    }

    @Test
    void findsATransformThatIsExact() {
        double[] from = points(5, 100);
        double[] to = new double[10];
        for (int i = 0; i < 10; i += 2) {
            to[i] = 0.6 * from[i] - 0.8 * from[i + 1] + 3;
            to[i + 1] = 0.8 * from[i] + 0.6 * from[i + 1] - 4;
        }
        Similarity fitted = Similarity.fit(from, to);
        assertThat(fitted.a()).isCloseTo(0.6, within(1e-9));
        assertThat(fitted.b()).isCloseTo(0.8, within(1e-9));
        assertThat(fitted.scale()).isCloseTo(1, within(1e-9));
        assertThat(fitted.inverse(to[0], to[1])).containsExactly(new double[] {from[0], from[1]}, within(1e-9));
    }

    @Test
    void staysFiniteForPointsInOneSpot() {
        Similarity fitted = Similarity.fit(new double[] {5, 5, 5, 5}, new double[] {1, 2, 3, 4});
        assertThat(fitted.moveX() + fitted.moveY() + fitted.a() + fitted.b()).isFinite();
    }

    @Test
    void bringsLandmarksToTheMeanFaceAndPixelsWithThem() {
        FaceAligner aligner = FaceAligner.of(ModelPack.loadDefault().requireEmbedder());
        for (double scale : new double[] {0.5, 1, 2.5, 6}) {
            double angle = 0.3;
            double[] template = aligner.template();
            float[] points = new float[2 * FaceLandmarks.COUNT];
            for (int i = 0; i < template.length / 2; i++) {
                int landmark = MeanFace.landmark(i);
                double x = template[2 * i] * scale;
                double y = template[2 * i + 1] * scale;
                points[2 * landmark] = (float) (300 + x * Math.cos(angle) - y * Math.sin(angle));
                points[2 * landmark + 1] = (float) (60 + x * Math.sin(angle) + y * Math.cos(angle));
            }
            FaceLandmarks landmarks = new FaceLandmarks(points);
            // Brightness rises evenly across the picture, so that each pixel tells where it comes from.
            Frame ramp = ramp(1_500, 1_500);
            Frame chip = aligner.align(ramp, landmarks);
            Similarity similarity = aligner.similarity(landmarks);
            for (int v = 20; v < 130; v += 10) {
                for (int u = 20; u < 130; u += 10) {
                    double[] at = similarity.inverse(u, v);
                    int green = chip.pixels().get(3 * (v * 150 + u) + 1) & 0xFF;
                    int red = chip.pixels().get(3 * (v * 150 + u) + 2) & 0xFF;
                    assertThat((double) green).as("scale %s", scale).isCloseTo(at[0] / 6, within(1.5));
                    assertThat((double) red).as("scale %s", scale).isCloseTo(at[1] / 6, within(1.5));
                }
            }
        }
    }

    private static Frame ramp(int width, int height) {
        byte[] bgr = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                bgr[3 * (y * width + x) + 1] = (byte) Math.round(x / 6.0);
                bgr[3 * (y * width + x) + 2] = (byte) Math.round(y / 6.0);
            }
        }
        return Frame.ofBgr(width, height, bgr, Instant.EPOCH, "ramp");
    }

    private double[] points(int count, double spread) {
        return random.doubles(2L * count, 0, spread).toArray();
    }

    /** The unknowns a, b, moveX, moveY from the equations' squares, by Gaussian elimination with pivoting. */
    private static double[] normalEquations(double[] from, double[] to) {
        double[][] system = new double[4][5];
        for (int i = 0; i < from.length; i += 2) {
            double[] first = {from[i], -from[i + 1], 1, 0, to[i]};
            double[] second = {from[i + 1], from[i], 0, 1, to[i + 1]};
            for (double[] row : new double[][] {first, second}) {
                for (int r = 0; r < 4; r++) {
                    for (int c = 0; c < 5; c++) {
                        system[r][c] += row[r] * row[c];
                    }
                }
            }
        }
        for (int pivot = 0; pivot < 4; pivot++) {
            int best = pivot;
            for (int r = pivot + 1; r < 4; r++) {
                best = Math.abs(system[r][pivot]) > Math.abs(system[best][pivot]) ? r : best;
            }
            double[] swap = system[pivot];
            system[pivot] = system[best];
            system[best] = swap;
            for (int r = 0; r < 4; r++) {
                double factor = r == pivot ? 0 : system[r][pivot] / system[pivot][pivot];
                for (int c = pivot; c < 5; c++) {
                    system[r][c] -= factor * system[pivot][c];
                }
            }
        }
        double[] solution = new double[4];
        for (int r = 0; r < 4; r++) {
            solution[r] = system[r][4] / system[r][r];
        }
        return solution;
    }
}
