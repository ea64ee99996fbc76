package io.gatehouse.biometrics.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.gallery.SearchResult.Unknown;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Looks into every file of the store for what was removed: rows, sealed people, sealed groups, wrapped keys. */
class RemovalScanTest {
    private static final int PEOPLE = 150;
    private static final EnrolmentOptions UNCHECKED = EnrolmentOptions.DEFAULT.withoutDuplicateCheck();

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Faces faces = new Faces(seed);
    private final Map<PersonId, Template> templates = new HashMap<>();
    private final Map<PersonId, List<byte[]>> rows = new HashMap<>();
    private final Map<PersonId, List<byte[]>> keys = new HashMap<>();

    @TempDir
    Path folder;

    @Test
    @DisplayName("ATT-7 When a removal returns, no file has a piece of the person's rows any more")
    void leavesNoRowInAnyFile() throws IOException {
        System.out.println("seed " + seed);
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            fill(house, gallery);
            Traces gone = new Traces();
            for (PersonId person : some(PEOPLE / 2)) {
                assertAllThere(of(rows, person));
                assertThat(gallery.remove(person)).isTrue();
                of(rows, person).forEach(bytes -> gone.add("row of " + person, bytes));
                assertThat(gone.in(folder)).as("seed %d", seed).isEmpty();
                assertThat(search(gallery, person)).isEqualTo(new Unknown(List.of()));
            }
        }
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            assertThat(gallery.size()).isEqualTo(house.rows());
        }
    }

    @Test
    @DisplayName("ATT-7 When somebody is forgotten, no file has a piece of their rows or their wrapped key any more")
    void leavesNoKeyInAnyFile() throws IOException {
        System.out.println("seed " + seed);
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            fill(house, gallery);
            Traces gone = new Traces();
            for (PersonId person : some(PEOPLE / 2)) {
                assertAllThere(of(rows, person));
                assertAllThere(of(keys, person));
                gallery.forget(person);
                of(rows, person).forEach(bytes -> gone.add("row of " + person, bytes));
                of(keys, person).forEach(bytes -> gone.add("key of " + person, bytes));
                assertThat(gone.in(folder)).as("seed %d", seed).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("ATT-7 What is replaced goes from the files as what is removed")
    void leavesNothingOfWhatIsReplaced() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            PersonId person = PersonId.of("anna");
            enrolled(gallery, person, faces.any());
            byte[] was = house.values("SELECT sealed FROM gallery_reference").get(0);
            assertAllThere(List.of(was));
            gallery.enrol(person, faces.any(), UNCHECKED.replacing());
            Traces gone = new Traces();
            gone.add("what was", was);
            assertThat(gone.in(folder)).isEmpty();
            assertThat(gallery.size()).isEqualTo(1);
        }
    }

    @Test
    @Timeout(60)
    @DisplayName(
            "ATT-7 A removal waits for a reader that holds the log back; searches go on and do not find the person")
    void waitsForWhoReads() throws Exception {
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            PersonId person = PersonId.of("anna");
            templates.put(person, faces.any());
            enrolled(gallery, person, of(templates, person));
            byte[] row = house.values("SELECT sealed FROM gallery_reference").get(0);
            FutureTask<Boolean> removal = new FutureTask<>(() -> gallery.remove(person));
            Thread removing = new Thread(removal);
            house.whileReading(() -> {
                removing.start();
                while (removing.getState() != Thread.State.WAITING && removing.isAlive()) {
                    Thread.onSpinWait();
                }
                assertThat(search(gallery, person)).isEqualTo(new Unknown(List.of()));
                assertThat(removal.isDone()).isFalse();
            });
            assertThat(removal.get()).isTrue();
            Traces gone = new Traces();
            gone.add("row", row);
            assertThat(gone.in(folder)).isEmpty();
        }
    }

    @Test
    @DisplayName("ATT-7 In the gallery's own arrays neither name nor vector of who was removed is left")
    void leavesNothingInOwnMemory() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            for (int i = 0; i < 30; i++) {
                enrolled(gallery, PersonId.of("other-" + i), faces.any());
            }
            PersonId person = PersonId.of("planted-7129");
            Template template = faces.any();
            Shelf shelf = OwnMemory.shelf(gallery);
            float[] vector = shelf.protect(template);
            enrolled(gallery, person, template);
            assertThat(OwnMemory.holds(gallery, vector)).isTrue();
            assertThat(OwnMemory.holds(gallery, person.value())).isTrue();
            List<byte[]> names = OwnMemory.arraysWith(gallery, person.value());
            gallery.remove(person);
            assertThat(OwnMemory.holds(gallery, vector)).isFalse();
            assertThat(OwnMemory.holds(gallery, person.value())).isFalse();
            assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(name).containsOnly(0));
        }
    }

    /** People with one or two references, of whom most change groups, so that rows grow and pages are divided. */
    private void fill(GalleryHouse house, Gallery gallery) throws IOException {
        Map<PersonId, UUID> references = new HashMap<>();
        Set<String> known = new HashSet<>();
        for (int i = 0; i < PEOPLE; i++) {
            PersonId person = PersonId.of("p-" + i);
            Template template = faces.any();
            templates.put(person, template);
            references.put(person, enrolled(gallery, person, template));
            keys.put(
                    person,
                    house.values("SELECT wrapped FROM vault_key").stream()
                            .filter(key -> known.add(HexFormat.of().formatHex(key)))
                            .toList());
            if (random.nextBoolean()) {
                enrolled(gallery, person, faces.near(template, 0.1));
            }
            search(gallery, person);
        }
        for (int round = 0; round < 3; round++) {
            for (PersonId person : some(PEOPLE / 2)) {
                gallery.assign(person, round == 1 ? Set.of() : Set.of("hall", "floor-" + random.nextInt(1_000)));
            }
        }
        gallery.saveTrends();
        for (PersonId person : templates.keySet()) {
            rows.put(person, rowsOf(house, of(references, person)));
        }
    }

    private static UUID enrolled(Gallery gallery, PersonId person, Template template) throws IOException {
        return ((Enrolment.Enrolled) gallery.enrol(person, template, UNCHECKED)).reference();
    }

    /** All that is sealed of whose reference it is. */
    private static List<byte[]> rowsOf(GalleryHouse house, UUID reference) throws IOException {
        String whose = " WHERE person = (SELECT person FROM gallery_reference WHERE id = '" + reference + "')";
        List<byte[]> bytes = new ArrayList<>();
        for (String column : List.of("sealed", "sealed_person", "sealed_groups", "person", "id")) {
            bytes.addAll(house.values("SELECT " + column + " FROM gallery_reference" + whose));
        }
        for (String column : List.of("sealed", "sealed_person")) {
            bytes.addAll(house.values("SELECT " + column + " FROM gallery_trend" + whose));
        }
        return bytes;
    }

    private List<PersonId> some(int people) {
        List<PersonId> order = new ArrayList<>(templates.keySet());
        Collections.sort(order);
        Collections.shuffle(order, random);
        return order.subList(0, people);
    }

    /** Or that they are gone afterwards would say nothing. */
    private void assertAllThere(List<byte[]> secrets) throws IOException {
        assertThat(secrets).isNotEmpty();
        Traces there = new Traces();
        for (int i = 0; i < secrets.size(); i++) {
            there.add("secret " + i, secrets.get(i));
        }
        Set<String> found = there.in(folder).stream()
                .map(trace -> trace.substring(0, trace.indexOf(" in ")))
                .collect(Collectors.toSet());
        assertThat(found).as("seed %d", seed).hasSize(secrets.size());
    }

    private SearchResult search(Gallery gallery, PersonId person) {
        return gallery.identify(Purpose.ACCESS, faces.near(of(templates, person), 0.1), SearchOptions.DEFAULT);
    }

    private static <T> T of(Map<PersonId, T> map, PersonId person) {
        return Objects.requireNonNull(map.get(person));
    }
}
