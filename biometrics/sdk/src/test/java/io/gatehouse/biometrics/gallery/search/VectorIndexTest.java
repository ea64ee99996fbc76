package io.gatehouse.biometrics.gallery.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorIndexTest {
    private static final float[] EAST = {1, 0, 0};
    private static final float[] NORTH = {0, 1, 0};

    @Test
    void refusesVectorsThatMeanNothing() {
        VectorIndex index = VectorIndex.create(IndexOptions.of(3));
        float[][] wrong = {
            {},
            {1, 2},
            {1, 2, 3, 4},
            {0, 0, 0},
            {Float.NaN, 1, 1},
            {1, Float.POSITIVE_INFINITY, 1},
            {Float.MIN_VALUE, 0, Float.MIN_VALUE},
            {1e-40f, 1e-40f, 1e-40f},
            {1e30f, 1, 1}
        };
        for (float[] vector : wrong) {
            assertThatIllegalArgumentException().isThrownBy(() -> index.add(1, vector));
            assertThatIllegalArgumentException().isThrownBy(() -> index.search(vector, Search.within(1)));
            assertThatIllegalArgumentException().isThrownBy(() -> index.replace(1, vector));
            assertThatIllegalArgumentException().isThrownBy(() -> index.squaredDistance(1, vector));
        }
        assertThat(index.size()).isZero();
        assertThat(index.search(EAST, Search.nearest(1))).isEmpty();
    }

    @Test
    void refusesOptionsAndSearchesThatMeanNothing() {
        IndexOptions options = IndexOptions.of(3);
        assertThatIllegalArgumentException().isThrownBy(() -> IndexOptions.of(0));
        assertThatIllegalArgumentException().isThrownBy(() -> IndexOptions.of(4_097));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withMissProbability(0));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withMissProbability(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withThreads(Runnable::run, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Search.within(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Search.within(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Search.within(Double.POSITIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> Search.nearest(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Search.within(1).among(Set.of()));
    }

    @Test
    void refusesAnIdTwiceAndStaysAsItWas() {
        VectorIndex index = VectorIndex.create(IndexOptions.of(3));
        index.add(5, EAST);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.add(5, NORTH))
                .withMessageContaining("5 already");
        assertThat(index.search(EAST, Search.nearest(2))).containsExactly(new Neighbour(5, 0));
    }

    @Test
    void refusesMoreReferencesThanItMayHave() {
        VectorIndex index = VectorIndex.create(IndexOptions.of(3).withMaxReferences(2));
        index.add(1, EAST);
        index.add(2, NORTH);
        assertThatIllegalStateException().isThrownBy(() -> index.add(3, EAST)).withMessageContaining("full");
        index.remove(1);
        index.add(3, EAST);
        assertThat(index.size()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void isAsIfMadeAnewAfterManyChanges(SearchMode mode) {
        long seed = new SplittableRandom().nextLong();
        System.out.println("changes, seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Crowd crowd = Crowd.sphere(40, seed);
        List<String> zones = List.of("north", "south", "plant", "office");
        VectorIndex index = VectorIndex.create(IndexOptions.of(40).withMode(mode));
        Map<Long, float[]> vectors = new HashMap<>();
        Map<Long, Set<String>> groups = new HashMap<>();
        for (int i = 0; i < 12_000; i++) {
            long id = random.nextInt(4_000);
            Set<String> in = random.nextBoolean() ? Set.of() : Set.of(zones.get(random.nextInt(3)), "office");
            switch (random.nextInt(5)) {
                case 0 -> assertThat(index.remove(id)).isEqualTo(vectors.remove(id) != null);
                case 1 -> {
                    float[] vector = crowd.person();
                    assertThat(index.replace(id, vector)).isEqualTo(vectors.replace(id, vector) != null);
                }
                case 2 -> {
                    assertThat(index.assign(id, in)).isEqualTo(vectors.containsKey(id));
                    groups.put(id, in);
                }
                default -> {
                    if (!vectors.containsKey(id)) {
                        vectors.put(id, crowd.person());
                        groups.put(id, in);
                        index.add(id, vectors.get(id), in);
                    }
                }
            }
        }
        assertThat(index.size()).isEqualTo(vectors.size());
        for (int i = 0; i < 20; i++) {
            float[] probe = crowd.person();
            for (Set<String> among : List.of(Set.<String>of(), Set.of("north"), Set.of("south", "plant"))) {
                Search search = new Search(1.3, 20, among);
                assertThat(index.search(probe, search)).isEqualTo(expected(vectors, groups, probe, search));
            }
        }
    }

    private static List<Neighbour> expected(
            Map<Long, float[]> vectors, Map<Long, Set<String>> groups, float[] probe, Search search) {
        Kernel kernel = new PlainKernel();
        List<Neighbour> all = new ArrayList<>();
        vectors.forEach((id, vector) -> {
            double squared = kernel.squaredDistance(vector, 0, probe);
            Set<String> in = new HashSet<>(groups.getOrDefault(id, Set.of()));
            in.retainAll(search.groups());
            if (squared < search.squaredLimit() && (search.groups().isEmpty() || !in.isEmpty())) {
                all.add(new Neighbour(id, squared));
            }
        });
        all.sort(Neighbour.NEAREST_FIRST);
        return all.subList(0, Math.min(search.best(), all.size()));
    }

    @Test
    @DisplayName("A search among a group looks at that group only")
    void aGroupCostsNoFullScan() {
        AtomicInteger distances = new AtomicInteger();
        AtomicInteger passes = new AtomicInteger();
        VectorIndex index = new VectorIndex(
                IndexOptions.of(16), new CountingKernel(distances, passes), new java.security.SecureRandom());
        Crowd crowd = Crowd.sphere(16, 3);
        for (int i = 0; i < 20_000; i++) {
            index.add(i, crowd.person(), i % 1_000 == 0 ? Set.of("vault") : Set.of("hall"));
        }
        assertThat(index.search(crowd.person(), Search.within(3).among(Set.of("vault"))))
                .extracting(Neighbour::id)
                .allMatch(id -> id % 1_000 == 0)
                .hasSize(20);
        assertThat(distances).hasValue(20);
        assertThat(passes).hasValue(0);
        assertThat(index.search(crowd.person(), Search.within(3).among(Set.of("nowhere"))))
                .isEmpty();
        assertThat(distances).hasValue(20);
    }

    @Test
    void searchesAloneWhereTheExecutorRefusesOrNeverRuns() {
        IndexOptions options = IndexOptions.of(3).withParallelFrom(1);
        for (java.util.concurrent.Executor executor : List.<java.util.concurrent.Executor>of(
                task -> {
                    throw new RejectedExecutionException("busy");
                },
                task -> {})) {
            VectorIndex index = VectorIndex.create(options.withThreads(executor, 4));
            for (int i = 0; i < 5_000; i++) {
                index.add(i, new float[] {i + 1, 0, 0});
            }
            assertThat(index.search(new float[] {4_000.2f, 0, 0}, Search.nearest(1)))
                    .extracting(Neighbour::id)
                    .containsExactly(3_999L);
        }
    }

    @Test
    void givesNoAnswerWhenAPartOfTheSearchFails() {
        VectorIndex index = new VectorIndex(
                IndexOptions.of(3),
                new CountingKernel(new AtomicInteger(Integer.MIN_VALUE), new AtomicInteger()),
                new java.security.SecureRandom());
        index.add(1, EAST);
        assertThatIllegalStateException()
                .isThrownBy(() -> index.search(EAST, Search.within(1)))
                .withMessageContaining("no answer");
    }

    @Test
    void comparesOneToOne() {
        VectorIndex index = VectorIndex.create(IndexOptions.of(3));
        index.add(1, EAST);
        assertThat(index.squaredDistance(1, NORTH)).hasValue(2);
        assertThat(index.squaredDistance(2, NORTH)).isEmpty();
        assertThat(index.contains(1)).isTrue();
        assertThat(index.contains(2)).isFalse();
    }

    @Test
    void copiesWhatItIsGiven() {
        VectorIndex index = VectorIndex.create(IndexOptions.of(3));
        float[] vector = EAST.clone();
        index.add(1, vector);
        vector[0] = 9;
        assertThat(index.squaredDistance(1, EAST)).hasValue(0);
    }

    @Test
    void refusesEverythingOnceClosed() {
        VectorIndex index = VectorIndex.create(IndexOptions.of(3));
        index.add(1, EAST);
        index.close();
        index.close();
        assertThat(index.size()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> index.add(2, EAST));
        assertThatIllegalStateException().isThrownBy(() -> index.remove(1));
        assertThatIllegalStateException().isThrownBy(() -> index.search(EAST, Search.within(1)));
        assertThatIllegalStateException().isThrownBy(() -> index.squaredDistance(1, EAST));
    }
}
