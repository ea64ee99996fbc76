package io.gatehouse.biometrics.gallery.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PositionsTest {
    @Test
    void behavesAsMapThroughAdditionsAndRemovals() {
        long seed = new SplittableRandom().nextLong();
        System.out.println("positions, seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Positions positions = new Positions();
        Map<Long, Integer> expected = new HashMap<>();
        for (int i = 0; i < 300_000; i++) {
            long id = random.nextInt(20_000) - 5_000L;
            if (random.nextInt(3) == 0) {
                positions.remove(id);
                expected.remove(id);
            } else {
                positions.put(id, i);
                expected.put(id, i);
            }
            long asked = random.nextInt(20_000) - 5_000L;
            assertThat(positions.get(asked)).isEqualTo(expected.getOrDefault(asked, Positions.ABSENT));
        }
        positions.clear();
        assertThat(positions.get(1)).isEqualTo(Positions.ABSENT);
    }
}
