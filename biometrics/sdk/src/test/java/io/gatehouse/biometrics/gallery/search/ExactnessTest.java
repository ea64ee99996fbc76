package io.gatehouse.biometrics.gallery.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exact answers are those of the plain scan: same references, same order, same bits. */
class ExactnessTest {
    static Stream<Kernel> forms() {
        assertThat(Kernels.all()).as("the Vector API is there in tests").hasSize(2);
        return Kernels.all().stream();
    }

    @ParameterizedTest
    @MethodSource("forms")
    @DisplayName("ATT-10 Exact search finds what a comparison with everybody finds, at any dimension")
    void equalsPlainScanAtEveryDimension(Kernel form) {
        long seed = new SplittableRandom().nextLong();
        System.out.println("exactness, seed " + seed);
        for (int dimension : new int[] {1, 2, 3, 7, 8, 9, 31, 33, 64, 100, 127, 128, 257, 512, 1_000, 4_096}) {
            int references = dimension > 1_000 ? 300 : 1_500;
            Pair pair = new Pair(dimension, form);
            Crowd crowd = Crowd.crowded(dimension, seed + dimension);
            List<float[]> people = pair.fill(crowd, references);
            for (int i = 0; i < 20; i++) {
                float[] probe = i % 2 == 0 ? crowd.person() : crowd.capture(people.get(i * 7));
                pair.compare(probe, Search.within(0.3 + 0.02 * i));
                pair.compare(probe, Search.nearest(1 + i));
                pair.compare(probe, Search.within(0.6).best(3));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    @DisplayName("ATT-10 Exact search of 10,000 references equals the plain scan for 1,000 probes")
    void equalsPlainScanForThousandProbes(Kernel form) {
        compareMany(form, 10_000, 1_000);
    }

    @Test
    @Tag("long")
    @DisplayName("ATT-10 Exact search of 10,000 references equals the plain scan for 10,000 probes")
    void equalsPlainScanForTenThousandProbes() {
        forms().forEach(form -> compareMany(form, 10_000, 10_000));
    }

    @Test
    @Tag("long")
    @DisplayName("ATT-10 Exact search of a million references equals the plain scan for 200 probes")
    void equalsPlainScanAmongMillion() {
        compareMany(Kernels.best(), 1_000_000, 200);
    }

    private static void compareMany(Kernel form, int references, int probes) {
        long seed = new SplittableRandom().nextLong();
        System.out.println("exactness, " + references + " references, " + form.name() + ", seed " + seed);
        for (Crowd crowd : List.of(Crowd.crowded(128, seed), Crowd.sphere(128, seed))) {
            Pair pair = new Pair(128, form);
            List<float[]> people = pair.fill(crowd, references);
            int found = 0;
            for (int i = 0; i < probes / 2; i++) {
                found += pair.compare(crowd.capture(people.get(i % people.size())), Search.within(0.7));
                found += pair.compare(crowd.person(), Search.within(0.7).best(5));
            }
            assertThat(found).as("matches, or the test says nothing").isGreaterThan(probes / 4);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void equalsPlainScanOfUnusualVectors(Kernel form) {
        long seed = new SplittableRandom().nextLong();
        System.out.println("unusual vectors, seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int dimension = 64;
        Pair pair = new Pair(dimension, form);
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            float[] vector = unusual(random, dimension, i % 6);
            vectors.add(vector);
            pair.add(i, vector);
        }
        for (int i = 0; i < 200; i++) {
            float[] probe = vectors.get(random.nextInt(vectors.size())).clone();
            probe[random.nextInt(dimension)] += (float) (random.nextDouble() * 1e-3 + 1e-4);
            for (double limit : new double[] {1e-6, 1e-3, 0.1, 1, 100, 1e5}) {
                pair.compare(probe, Search.within(limit));
            }
            pair.compare(probe, Search.nearest(10));
        }
    }

    /** One number alone, all the same, tiny, large, many zeros and many signs. */
    private static float[] unusual(SplittableRandom random, int dimension, int kind) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            double value = random.nextDouble() - 0.5;
            vector[i] = (float)
                    switch (kind) {
                        case 0 -> i == 3 ? 1 : 0;
                        case 1 -> 1;
                        case 2 -> value * 1e-5;
                        case 3 -> value * 1e5;
                        case 4 -> value > 0.4 ? value : 0;
                        default -> Math.signum(value);
                    };
        }
        vector[dimension - 1] += 1e-5f;
        return vector;
    }

    @ParameterizedTest
    @MethodSource("forms")
    void equalsPlainScanAtTheVeryLimit(Kernel form) {
        long seed = new SplittableRandom().nextLong();
        System.out.println("at the limit, seed " + seed);
        Crowd crowd = Crowd.crowded(128, seed);
        Pair pair = new Pair(128, form);
        pair.fill(crowd, 2_000);
        for (int i = 0; i < 300; i++) {
            float[] probe = crowd.person();
            double nearest = pair.plain.search(probe, Search.nearest(5)).get(4).distance();
            pair.compare(probe, Search.within(nearest));
            pair.compare(probe, Search.within(Math.nextUp(nearest)));
            pair.compare(probe, Search.within(Math.nextDown(nearest)));
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void equallyNearComeInTheOrderOfTheirIds(Kernel form) {
        Pair pair = new Pair(16, form);
        float[] vector = Crowd.sphere(16, 1).person();
        for (long id : new long[] {9, 3, 7, 1, 8, 2}) {
            pair.add(id, vector);
        }
        assertThat(pair.exact.search(vector, Search.nearest(3)))
                .extracting(Neighbour::id)
                .containsExactly(1L, 2L, 3L);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void batchesAndThreadsChangeNoAnswer(Kernel form) throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(3);
        try {
            for (SearchMode mode : SearchMode.values()) {
                IndexOptions options = IndexOptions.of(96).withMode(mode);
                VectorIndex alone = new VectorIndex(options, form, new FixedRandom());
                VectorIndex shared =
                        new VectorIndex(options.withThreads(executor, 4).withParallelFrom(1), form, new FixedRandom());
                Crowd crowd = Crowd.crowded(96, 5);
                List<float[]> probes = new ArrayList<>();
                for (int i = 0; i < 5_000; i++) {
                    float[] person = crowd.person();
                    alone.add(i, person);
                    shared.add(i, person);
                    if (i % 71 == 0) {
                        probes.add(crowd.capture(person));
                    }
                }
                for (Search search : List.of(Search.within(0.55), Search.nearest(4))) {
                    List<List<Neighbour>> batch = shared.searchAll(probes, search);
                    for (int i = 0; i < probes.size(); i++) {
                        assertThat(batch.get(i)).isEqualTo(alone.search(probes.get(i), search));
                    }
                }
            }
        } finally {
            executor.shutdownNow();
        }
    }

    /** The same references in an index that compares with all and in one that is exact. */
    private static final class Pair {
        final VectorIndex plain;
        final VectorIndex exact;

        Pair(int dimension, Kernel form) {
            IndexOptions options = IndexOptions.of(dimension);
            this.plain = new VectorIndex(options.withMode(SearchMode.PLAIN), new PlainKernel(), new SecureRandom());
            this.exact = new VectorIndex(options, form, new SecureRandom());
        }

        void add(long id, float[] vector) {
            plain.add(id, vector);
            exact.add(id, vector);
        }

        List<float[]> fill(Crowd crowd, int references) {
            List<float[]> people = new ArrayList<>();
            for (int i = 0; i < references; i++) {
                people.add(crowd.person());
                add(i, people.get(i));
            }
            return people;
        }

        int compare(float[] probe, Search search) {
            List<Neighbour> expected = plain.search(probe, search);
            assertThat(exact.search(probe, search)).isEqualTo(expected);
            return expected.size();
        }
    }

    /** The same rotation for two indexes. */
    @SuppressWarnings("serial")
    private static final class FixedRandom extends SecureRandom {
        @Override
        public void nextBytes(byte[] bytes) {
            new SplittableRandom(3).nextBytes(bytes);
        }
    }
}
