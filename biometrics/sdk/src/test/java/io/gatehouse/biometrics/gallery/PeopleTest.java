package io.gatehouse.biometrics.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.identity.PersonId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The table of people against a map. */
class PeopleTest {
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void saysWhatAMapSays() {
        System.out.println("seed " + seed);
        People people = new People();
        Map<PersonId, Instant> map = new HashMap<>();
        for (int step = 0; step < 50_000; step++) {
            // Few names, so that many are added again, and more of them now and then, so that the table grows.
            PersonId person = PersonId.of("p-" + random.nextInt(step < 25_000 ? 40 : 3_000));
            Instant at = Instant.ofEpochMilli(random.nextLong(1_000_000));
            if (random.nextInt(3) == 0) {
                int number = people.find(person);
                assertThat(number != People.NOBODY).isEqualTo(map.remove(person) != null);
                if (number != People.NOBODY) {
                    people.remove(number);
                }
            } else {
                int number = people.findOrAdd(person);
                people.enrolled(number, at);
                map.merge(person, at, (one, other) -> one.isAfter(other) ? one : other);
                assertThat(people.get(number)).isEqualTo(person);
            }
            assertThat(people.size()).isEqualTo(map.size());
            assertThat(people.find(person) != People.NOBODY).isEqualTo(map.containsKey(person));
        }
        Map<PersonId, Instant> all = new HashMap<>();
        people.forEach((person, at) -> assertThat(all.put(person, at)).isNull());
        assertThat(all).isEqualTo(map);
        map.keySet().forEach(person -> assertThat(people.find(person)).isNotEqualTo(People.NOBODY));
        people.clear();
        assertThat(people.size()).isZero();
        map.keySet().forEach(person -> assertThat(people.find(person)).isEqualTo(People.NOBODY));
    }

    @Test
    void givesEachANumberOfTheirOwnAndTakesNamesOfAnyScript() {
        People people = new People();
        HashSet<Integer> numbers = new HashSet<>();
        for (String name : new String[] {"anna", "Анна", "安娜", "a", "b".repeat(64), "ß-1"}) {
            int number = people.findOrAdd(PersonId.of(name));
            assertThat(numbers.add(number)).isTrue();
            assertThat(people.get(number)).isEqualTo(PersonId.of(name));
            assertThat(people.findOrAdd(PersonId.of(name))).isEqualTo(number);
            assertThat(people.head(number)).isEqualTo(People.NOBODY);
        }
    }

    @Test
    @DisplayName("ATT-7 The name of who was removed is overwritten")
    void overwritesTheNameOfWhoGoes() throws Exception {
        People people = new People();
        int number = people.findOrAdd(PersonId.of("planted"));
        var field = People.class.getDeclaredField("names");
        field.setAccessible(true);
        byte[][] names = (byte[][]) field.get(people);
        byte[] name = names[number];
        assertThat(name).isEqualTo("planted".getBytes(StandardCharsets.UTF_8));
        people.remove(number);
        assertThat(name).containsOnly(0);
        assertThat(names[number]).isNull();
    }
}
