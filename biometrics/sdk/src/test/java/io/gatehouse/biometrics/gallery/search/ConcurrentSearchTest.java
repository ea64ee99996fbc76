package io.gatehouse.biometrics.gallery.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Searches while others add and remove. Each person's state is linearisable: what was there throughout a search is found,
 * what was away throughout is not.
 */
class ConcurrentSearchTest {
    private static final int PEOPLE = 1_500;
    private static final int CHANGES = 4_000;
    private static final int ENOUGH = 300;
    private static final int DIMENSION = 32;

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "ATT-7 A search that begins after a removal returned does not find the person; one state is seen throughout")
    void searchesSeeWhatIsThere(SearchMode mode) throws Exception {
        long seed = new SplittableRandom().nextLong();
        System.out.println("searches and changes, seed " + seed);
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            VectorIndex index = VectorIndex.create(IndexOptions.of(DIMENSION)
                    .withMode(mode)
                    .withThreads(executor, 2)
                    .withParallelFrom(1));
            Crowd crowd = Crowd.sphere(DIMENSION, seed);
            List<float[]> people = new ArrayList<>();
            // Odd while a person is being changed, as in a seqlock.
            AtomicIntegerArray versions = new AtomicIntegerArray(PEOPLE);
            for (int i = 0; i < PEOPLE; i++) {
                people.add(crowd.person());
            }
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger decided = new AtomicInteger();
            List<Future<?>> searchers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                long own = seed + i;
                searchers.add(executor.submit(() -> search(index, people, versions, done, decided, own)));
            }
            change(index, people, versions, seed, () -> decided.get() < ENOUGH && !isOneDone(searchers));
            done.set(true);
            for (Future<?> searcher : searchers) {
                searcher.get();
            }
            assertThat(decided)
                    .as("searches during which a person's state did not change")
                    .hasValueGreaterThanOrEqualTo(ENOUGH);
        } finally {
            executor.shutdownNow();
        }
    }

    private static boolean isOneDone(List<Future<?>> searchers) {
        return searchers.stream().anyMatch(Future::isDone);
    }

    /** A version's low two bits: 0 away, 1 changing, 2 there, 3 changing. */
    private static void change(
            VectorIndex index,
            List<float[]> people,
            AtomicIntegerArray versions,
            long seed,
            BooleanSupplier wantsMore) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CHANGES || wantsMore.getAsBoolean(); i++) {
            int person = random.nextInt(PEOPLE);
            boolean there = (versions.get(person) & 3) == 2;
            versions.incrementAndGet(person);
            if (there) {
                assertThat(index.remove(person)).isTrue();
            } else {
                index.add(person, people.get(person));
            }
            versions.incrementAndGet(person);
        }
    }

    private static void search(
            VectorIndex index,
            List<float[]> people,
            AtomicIntegerArray versions,
            AtomicBoolean done,
            AtomicInteger decided,
            long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        do {
            int person = random.nextInt(PEOPLE);
            int before = versions.get(person);
            List<Neighbour> found = index.search(people.get(person), Search.within(1e-3));
            boolean stayed = versions.get(person) == before && (before & 1) == 0;
            if (stayed) {
                assertThat(found).isEqualTo((before & 3) == 2 ? List.of(new Neighbour(person, 0)) : List.of());
                decided.incrementAndGet();
            } else {
                assertThat(found).hasSizeLessThanOrEqualTo(1);
            }
        } while (!done.get());
    }
}
