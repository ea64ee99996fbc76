package io.gatehouse.biometrics.gallery.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an index says that it takes, against what the heap has more. */
class MemoryUseTest {
    @ParameterizedTest
    @CsvSource({"PLAIN,128,50000", "EXACT,128,50000", "BOUNDED,128,50000", "EXACT,512,12000", "BOUNDED,512,12000"})
    void takesWhatItSaysAndAtMostHalfMoreThanTheVectors(SearchMode mode, int dimension, int references) {
        Crowd crowd = Crowd.crowded(dimension, 4);
        float[] person = crowd.person();
        long before = usedHeap();
        VectorIndex index = VectorIndex.create(IndexOptions.of(dimension).withMode(mode));
        for (int i = 0; i < references; i++) {
            person[0] = i * 1e-4f;
            index.add(i, person);
        }
        long measured = usedHeap() - before;
        MemoryUse said = index.memory();
        System.out.println(mode + ", " + references + " × " + dimension + ": " + said + ", measured " + measured);
        assertThat(said.references()).isEqualTo(references);
        assertThat(said.total()).isCloseTo(measured, withPercentage(5));
        assertThat(said.total()).isLessThan((long) (1.5 * Float.BYTES * dimension * references));
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
