package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.ledger.PersonTables.Place;
import io.gatehouse.core.ledger.PersonTables.Seen;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PersonFilterTest {
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    private Seen seen(int bytes) {
        byte[] pseudonym = new byte[bytes];
        random.nextBytes(pseudonym);
        return new Seen(Pseudonym.of(pseudonym), new Place(random.nextLong(), random.nextLong()));
    }

    @Test
    @DisplayName("whoever is there is never denied, and of others one in 40 is taken for somebody who is there")
    void deniesNobodyWhoIsThere() {
        for (int people : new int[] {0, 1, 2, 100, 20_000}) {
            List<Seen> there = new ArrayList<>();
            for (int i = 0; i < people; i++) {
                there.add(seen(EntryCodec.PSEUDONYM_BYTES));
            }
            PersonFilter filter = PersonFilter.of(there);
            assertThat(filter.bytes()).hasSize(Math.max(1, people));
            assertThat(there).as("seed %d", seed).allMatch(each -> filter.mayHold(each.pseudonym()));
            int mistaken = 0;
            for (int i = 0; i < 40_000; i++) {
                mistaken += filter.mayHold(seen(EntryCodec.PSEUDONYM_BYTES).pseudonym()) ? 1 : 0;
            }
            // 2.4 in 100 are expected of many people; of so many tries 1,500 is off by more than fifteen deviations.
            assertThat(mistaken).as("seed %d, %d people", seed, people).isLessThan(people < 100 ? 8_000 : 1_500);
        }
    }

    @Test
    void isTheSameInAnyOrderHoweverOftenSomebodyWasSeen() {
        List<Seen> seen = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            seen.add(seen(EntryCodec.PSEUDONYM_BYTES));
        }
        PersonFilter once = PersonFilter.of(seen);
        seen.addAll(seen.subList(100, 300));
        Collections.shuffle(seen, random);
        assertThat(PersonFilter.of(seen)).as("seed %d", seed).isEqualTo(once);
        assertThat(PersonFilter.of(once.bytes())).isEqualTo(once).hasSameHashCodeAs(once);
    }

    @Test
    void leavesWhatIsNoPseudonymToThoseWhoLook() {
        PersonFilter filter = PersonFilter.of(List.of(seen(16), seen(3)));
        assertThat(filter.mayHold(seen(3).pseudonym())).isTrue();
        assertThat(filter.mayHold(Pseudonym.NOBODY)).isTrue();
    }
}
