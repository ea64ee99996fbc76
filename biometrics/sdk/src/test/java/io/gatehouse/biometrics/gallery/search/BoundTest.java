package io.gatehouse.biometrics.gallery.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The bound against the true distance, computed in double, for residuals of every shape. */
class BoundTest {
    @Test
    void neverLeavesOutWhatIsWithinTheLimit() {
        long seed = new SplittableRandom().nextLong();
        System.out.println("bound, seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int close = 0;
        for (int round = 0; round < 4_000; round++) {
            int dimension = 1 + random.nextInt(round % 50 == 0 ? 1_000 : 160);
            double[] reference = shaped(random, dimension);
            double[] probe = shaped(random, dimension);
            if (round % 3 == 0) {
                for (int i = 0; i < dimension; i++) {
                    probe[i] = reference[i] * (1 + 0.01 * random.nextGaussian());
                }
            }
            double squared = 0;
            for (int i = 0; i < dimension; i++) {
                squared += (reference[i] - probe[i]) * (reference[i] - probe[i]);
            }
            assertThat(survives(reference, probe, Math.nextUp(squared))).isTrue();
            close += survives(reference, probe, 0.25 * squared) ? 0 : 1;
        }
        assertThat(close).as("the bound leaves out something").isGreaterThan(1_000);
    }

    private static boolean survives(double[] reference, double[] probe, double squaredLimit) {
        ExactCoder coder = new ExactCoder(reference.length, new PlainKernel());
        Segment segment = new Segment(reference.length, coder.newCodes());
        segment.codes.put(0, reference);
        Coder.Sieve sieve = coder.sieve(probe);
        Kernel.Sums sums = new Kernel.Sums();
        sieve.sum(segment, sums);
        return sieve.survivors(segment, sums, 1, squaredLimit, new int[2]) == 1;
    }

    private static double[] shaped(SplittableRandom random, int dimension) {
        double[] vector = new double[dimension];
        double size = Math.pow(10, random.nextDouble() * 8 - 4);
        int kind = random.nextInt(5);
        for (int i = 0; i < dimension; i++) {
            vector[i] = size
                    * switch (kind) {
                        case 0 -> random.nextGaussian();
                        case 1 -> random.nextBoolean() ? 1 : -1;
                        case 2 -> i == 0 ? 1 : 0;
                        case 3 -> Math.pow(random.nextGaussian(), 5);
                        default -> 1;
                    };
        }
        return vector;
    }
}
