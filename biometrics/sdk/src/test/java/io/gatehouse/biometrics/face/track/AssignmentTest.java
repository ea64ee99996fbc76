package io.gatehouse.biometrics.face.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.face.detect.FaceBox;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static final Instant AT = Instant.parse("2026-03-02T08:00:00Z");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void gainsAsMuchAsTryingEveryPairing() {
        System.out.println("assignments, seed " + seed);
        for (int i = 0; i < 20_000; i++) {
            double[][] gains = new double[random.nextInt(6)][random.nextInt(6)];
            for (double[] row : gains) {
                for (int column = 0; column < row.length; column++) {
                    row[column] = random.nextInt(3) == 0 ? 0 : random.nextDouble();
                }
            }
            assertIsBest(gains, i);
        }
    }

    @Test
    void pairsRandomScenesAsTryingEveryPairingDoes() {
        System.out.println("scenes, seed " + seed);
        for (int i = 0; i < 5_000; i++) {
            Trail[] trails = new Trail[1 + random.nextInt(5)];
            for (int t = 0; t < trails.length; t++) {
                trails[t] = new Trail(t, AT, sighting(), TrackerOptions.DEFAULT);
            }
            double[][] gains = new double[trails.length][1 + random.nextInt(5)];
            for (int s = 0; s < gains[0].length; s++) {
                Sighting sighting = sighting();
                for (int t = 0; t < trails.length; t++) {
                    gains[t][s] = trails[t].gain(AT.plusMillis(200), sighting, 1);
                }
            }
            assertIsBest(gains, i);
        }
    }

    @Test
    void doesNotTakeTheBestPairFirst() {
        assertThat(Assignment.best(new double[][] {{0.9, 0.8}, {0.8, 0}})).containsExactly(1, 0);
        assertThat(Assignment.best(new double[][] {{0.9}, {0.95}, {0}})).containsExactly(-1, 0, -1);
        assertThat(Assignment.best(new double[0][])).isEmpty();
        assertThat(Assignment.best(new double[][] {{}, {}})).containsExactly(-1, -1);
    }

    /** Crowded enough that faces compete for tracks. */
    private Sighting sighting() {
        double side = 80 + 40 * random.nextDouble();
        return Sighting.of(new FaceBox(200 * random.nextDouble(), 200 * random.nextDouble(), side, side, 1));
    }

    private void assertIsBest(double[][] gains, int round) {
        int[] pairs = Assignment.best(gains);
        boolean[] used = new boolean[gains.length == 0 ? 0 : gains[0].length];
        double sum = 0;
        for (int row = 0; row < pairs.length; row++) {
            if (pairs[row] >= 0) {
                assertThat(used[pairs[row]])
                        .as("column twice, seed %d, round %d", seed, round)
                        .isFalse();
                assertThat(gains[row][pairs[row]]).isPositive();
                used[pairs[row]] = true;
                sum += gains[row][pairs[row]];
            }
        }
        assertThat(sum).as("seed %d, round %d", seed, round).isCloseTo(most(gains, 0, 0), within(1e-9));
    }

    /** The most that rows from this one on can gain with the columns that are left. */
    private static double most(double[][] gains, int row, int taken) {
        if (row == gains.length) {
            return 0;
        }
        double most = most(gains, row + 1, taken);
        for (int column = 0; column < gains[row].length; column++) {
            if ((taken & 1 << column) == 0) {
                most = Math.max(most, gains[row][column] + most(gains, row + 1, taken | 1 << column));
            }
        }
        return most;
    }
}
