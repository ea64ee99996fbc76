package io.gatehouse.biometrics.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.gallery.SearchResult.Known;
import io.gatehouse.biometrics.gallery.SearchResult.Unknown;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a gallery starts: whole, or not at all. */
class GalleryStartTest {
    private static final PersonId ANNA = PersonId.of("anna");
    private static final EnrolmentOptions UNCHECKED = EnrolmentOptions.DEFAULT.withoutDuplicateCheck();

    private final Faces faces = new Faces(31);

    @TempDir
    Path folder;

    private static PersonId person(int number) {
        return PersonId.of("p-" + number);
    }

    private List<Template> fill(GalleryHouse house, int people) throws IOException {
        List<Template> templates = new ArrayList<>();
        try (Gallery gallery = house.gallery(Purpose.ACCESS)) {
            for (int i = 0; i < people; i++) {
                Template template = faces.any();
                gallery.enrol(person(i), template, UNCHECKED);
                templates.add(template);
            }
        }
        return templates;
    }

    private static SearchResult search(Gallery gallery, Template probe) {
        return gallery.identify(Purpose.ACCESS, probe, SearchOptions.DEFAULT);
    }

    @Test
    void saysHowFarItIsAndFindsEverybody() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder)) {
            List<Template> templates = fill(house, 30);
            house.shred(person(4));
            List<String> heard = new ArrayList<>();
            try (Gallery gallery = house.builder(Purpose.ACCESS, GalleryHouse.PACK)
                    .loadListener((loaded, total) -> heard.add(loaded + " of " + total))
                    .open()) {
                assertThat(heard).containsExactly("30 of 30");
                assertThat(gallery.size()).isEqualTo(29);
                for (int i = 0; i < 30; i++) {
                    SearchResult result = search(gallery, templates.get(i));
                    if (i == 4) {
                        assertThat(result).isInstanceOf(Unknown.class);
                    } else {
                        PersonId expected = person(i);
                        assertThat(result)
                                .isInstanceOfSatisfying(
                                        Known.class,
                                        known -> assertThat(known.person()).isEqualTo(expected));
                    }
                }
            }
            assertThat(house.rows()).isEqualTo(29);
        }
    }

    @Test
    void endsWhenTheListenerThrows() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder)) {
            fill(house, 3);
            GalleryBuilder builder = house.builder(Purpose.ACCESS, GalleryHouse.PACK)
                    .loadListener((loaded, total) -> {
                        throw new IllegalArgumentException("enough");
                    });
            assertThatThrownBy(builder::open)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("enough");
            try (Gallery gallery = house.gallery(Purpose.ACCESS)) {
                assertThat(gallery.size()).isEqualTo(3);
            }
        }
    }

    @Test
    @DisplayName("ATT-16 A reference that was altered is named, and the gallery is not opened without it")
    void namesTheRowThatWasAltered() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder)) {
            fill(house, 5);
            String id = house.column("id").get(3);
            for (String column : List.of("sealed", "sealed_person")) {
                house.execute("CREATE TABLE was AS SELECT * FROM gallery_reference");
                house.execute("UPDATE gallery_reference SET " + column + " = substr(" + column
                        + ", 1, 30) || CASE hex(substr(" + column
                        + ", 31, 1)) WHEN '00' THEN X'01' ELSE X'00' END || substr(" + column + ", 32) WHERE id = '"
                        + id + "'");
                refusesNaming(house, id);
                house.execute("DELETE FROM gallery_reference");
                house.execute("INSERT INTO gallery_reference SELECT * FROM was");
                house.execute("DROP TABLE was");
            }
            try (Gallery gallery = house.gallery(Purpose.ACCESS)) {
                assertThat(gallery.size()).isEqualTo(5);
            }
            house.execute("DELETE FROM vault_key WHERE id = (SELECT max(id) FROM vault_key)");
            assertThatThrownBy(() -> house.gallery(Purpose.ACCESS))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot be opened, so the gallery was not")
                    .hasMessageContaining("lost");
        }
    }

    private static void refusesNaming(GalleryHouse house, String id) {
        assertThatThrownBy(() -> house.gallery(Purpose.ACCESS))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(id)
                .hasMessageContaining("so the gallery was not");
    }

    /** Flips a byte anywhere in the database's file. What opens afterwards has everybody. */
    @Test
    @DisplayName("ATT-16 A damaged page leaves nobody out of the gallery unsaid")
    void neverOpensWithoutSomebodyAfterDamage() throws IOException {
        int people = 12;
        List<Template> templates;
        try (GalleryHouse house = new GalleryHouse(folder)) {
            templates = fill(house, people);
        }
        Path file = folder.resolve("gatehouse.db");
        byte[] sound = Files.readAllBytes(file);
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 150; round++) {
            Files.write(file, sound);
            int at = 100 + random.nextInt(sound.length - 100);
            flip(file, at, 1 + random.nextInt(255));
            try (GalleryHouse house = new GalleryHouse(folder);
                    Gallery gallery = house.gallery(Purpose.ACCESS)) {
                assertThat(gallery.size()).as("byte %d", at).isEqualTo(people);
                for (int i = 0; i < people; i++) {
                    PersonId expected = person(i);
                    assertThat(search(gallery, templates.get(i)))
                            .as("byte %d", at)
                            .isInstanceOfSatisfying(
                                    Known.class,
                                    known -> assertThat(known.person()).isEqualTo(expected));
                }
            } catch (IOException e) {
                assertThat(e.getMessage()).as("byte %d", at).isNotBlank();
                refused++;
            }
        }
        System.out.println(refused + " of 150 refused");
        assertThat(refused).isPositive();
    }

    private static void flip(Path file, int at, int bits) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int was = bytes.read();
            bytes.seek(at);
            bytes.write(was ^ bits);
        }
    }

    @Test
    void noticesARowThatTheIndexHidesOrTheTable() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder)) {
            fill(house, 3);
        }
        Path file = folder.resolve("gatehouse.db");
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        byte[] pack = GalleryHouse.PACK.id().getBytes(StandardCharsets.ISO_8859_1);
        String entry = "access" + new String(pack, StandardCharsets.ISO_8859_1);
        // Entries lie from the end of a page on: this is the last in order, so that no search for another meets it.
        int at = text.indexOf(entry);
        assertThat(at).as("an entry of the index").isPositive();
        bytes[at] = 'b';
        Files.write(file, bytes);
        try (GalleryHouse house = new GalleryHouse(folder)) {
            assertThatThrownBy(() -> house.gallery(Purpose.ACCESS))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void refusesWhoComesWhenItIsFullAndStaysAsItWas() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder)) {
            GalleryBuilder small =
                    house.builder(Purpose.ACCESS, GalleryHouse.PACK).maxReferences(2);
            try (Gallery gallery = small.open()) {
                Template anna = faces.any();
                gallery.enrol(ANNA, anna);
                gallery.enrol(person(1), faces.any());
                Template late = faces.any();
                assertThat(gallery.enrol(person(2), late))
                        .isInstanceOfSatisfying(
                                Enrolment.Refused.class,
                                refused -> assertThat(refused.reason().code()).isEqualTo("gallery.full"));
                assertThat(gallery.enrol(ANNA, faces.any())).isInstanceOf(Enrolment.Refused.class);
                assertThat(house.rows()).isEqualTo(2);
                assertThat(search(gallery, late)).isInstanceOf(Unknown.class);
                assertThat(search(gallery, anna)).isInstanceOf(Known.class);
                Template anew = faces.any();
                assertThat(gallery.enrol(ANNA, anew, EnrolmentOptions.DEFAULT.replacing()))
                        .isInstanceOf(Enrolment.Enrolled.class);
                assertThat(search(gallery, anew)).isInstanceOf(Known.class);
                gallery.remove(person(1));
                assertThat(gallery.enrol(person(2), late)).isInstanceOf(Enrolment.Enrolled.class);
            }
            assertThatThrownBy(() -> house.builder(Purpose.ACCESS, GalleryHouse.PACK)
                            .maxReferences(1)
                            .open())
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("2 references")
                    .hasMessageContaining("1 at most");
            assertThatThrownBy(() -> small.maxReferences(0)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
