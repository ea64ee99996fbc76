package io.gatehouse.biometrics.gallery.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often the bounded mode misses what the plain scan finds. */
class BoundedTest {
    @Test
    void aCoordinateReachesFarNoOftenerThanThePaperSays() {
        long seed = new SplittableRandom().nextLong();
        System.out.println("reach of a coordinate, seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int dimension : new int[] {3, 4, 8, 32, 128}) {
            for (double probability : new double[] {0.1, 0.01}) {
                double reach = Bound.reach(dimension, probability);
                int beyond = 0;
                int tries = 100_000;
                for (int i = 0; i < tries; i++) {
                    beyond += coordinate(random, dimension - 1) > reach ? 1 : 0;
                }
                double expected = probability * tries;
                assertThat((double) beyond)
                        .as("of %d in %d dimensions beyond %s", tries, dimension - 1, reach)
                        .isLessThan(expected + 6 * Math.sqrt(expected));
            }
        }
    }

    private static double coordinate(SplittableRandom random, int dimension) {
        double first = random.nextGaussian();
        double squares = first * first;
        for (int i = 1; i < dimension; i++) {
            double next = random.nextGaussian();
            squares += next * next;
        }
        return first / Math.sqrt(squares);
    }

    /** Many rotations, since the probability is over them; probes for which many references lie just within the limit. */
    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256, 512})
    @DisplayName("ATT-10 Bounded search misses no oftener than it may")
    void missesNoOftenerThanAllowed(int dimension) {
        long seed = new SplittableRandom().nextLong();
        System.out.println("misses of the bounded mode, seed " + seed);
        double allowed = 0.4;
        int within = 0;
        int missed = 0;
        for (int round = 0; round < 10; round++) {
            Crowd crowd = Crowd.sphere(dimension, seed + round);
            IndexOptions options =
                    IndexOptions.of(dimension).withMode(SearchMode.BOUNDED).withMissProbability(allowed);
            VectorIndex index = new VectorIndex(options, Kernels.best(), new SecureRandom());
            VectorIndex plain = VectorIndex.create(options.withMode(SearchMode.PLAIN));
            for (int i = 0; i < 3_000; i++) {
                float[] person = crowd.person();
                index.add(i, person);
                plain.add(i, person);
            }
            for (int i = 0; i < 20; i++) {
                float[] probe = crowd.person();
                double limit = plain.search(probe, Search.nearest(60)).get(59).distance();
                List<Neighbour> expected = plain.search(probe, Search.within(limit));
                Set<Neighbour> found = new HashSet<>(index.search(probe, Search.within(limit)));
                assertThat(expected).containsAll(found);
                within += expected.size();
                missed += expected.size() - found.size();
            }
        }
        System.out.println(
                dimension + " numbers: " + missed + " missed of " + within + " within the limit, allowed " + allowed);
        assertThat(missed).isLessThan((int) (allowed * within + 6 * Math.sqrt(allowed * within)));
        assertThat(missed).as("a bound that misses nothing ever is too wide").isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 33, 128, 512})
    void findsMatedReferencesAtTheDefaultProbability(int dimension) {
        long seed = new SplittableRandom().nextLong();
        System.out.println("mated references, seed " + seed);
        for (Crowd crowd : List.of(Crowd.crowded(dimension, seed), Crowd.sphere(dimension, seed))) {
            VectorIndex index = VectorIndex.create(IndexOptions.of(dimension).withMode(SearchMode.BOUNDED));
            VectorIndex plain = VectorIndex.create(IndexOptions.of(dimension).withMode(SearchMode.PLAIN));
            List<float[]> people = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                people.add(crowd.person());
                index.add(i, people.get(i));
                plain.add(i, people.get(i));
            }
            for (int i = 0; i < 2_000; i += 4) {
                float[] probe = crowd.capture(people.get(i));
                assertThat(index.search(probe, Search.within(0.5).best(3)))
                        .isEqualTo(plain.search(probe, Search.within(0.5).best(3)));
            }
        }
    }

    @Test
    void leavesMostReferencesOut() {
        for (int dimension : new int[] {128, 512}) {
            Crowd crowd = Crowd.sphere(dimension, 11);
            BoundedCoder coder = new BoundedCoder(dimension, new PlainKernel(), 1e-6, new SecureRandom());
            Segment segment = new Segment(dimension, coder.newCodes());
            for (int slot = 0; slot < Segment.SIZE; slot++) {
                segment.codes.put(slot, wide(crowd.person()));
            }
            Kernel.Sums sums = new Kernel.Sums();
            int[] slots = new int[Segment.SIZE + 1];
            int survivors = 0;
            for (int i = 0; i < 20; i++) {
                Coder.Sieve sieve = coder.sieve(wide(crowd.person()));
                sieve.sum(segment, sums);
                // A cosine of 0.4.
                survivors += sieve.survivors(segment, sums, Segment.SIZE, 1.2, slots);
            }
            assertThat(survivors).isLessThan(20 * Segment.SIZE / 100);
        }
    }

    private static double[] wide(float[] vector) {
        double[] wide = new double[vector.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = vector[i];
        }
        return wide;
    }
}
