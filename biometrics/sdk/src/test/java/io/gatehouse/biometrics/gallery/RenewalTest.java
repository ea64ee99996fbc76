package io.gatehouse.biometrics.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.gallery.SearchResult.Known;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Renews the key that references are turned by, and cuts that off at every step. */
class RenewalTest {
    private static final EnrolmentOptions UNCHECKED = EnrolmentOptions.DEFAULT.withoutDuplicateCheck();
    private static final Path DATABASE = Path.of("gatehouse.db");
    private final Faces faces = new Faces(77);
    private final List<Template> templates = new ArrayList<>();

    @TempDir
    Path folder;

    private static PersonId person(int number) {
        return PersonId.of("p-" + number);
    }

    private void fill(Gallery gallery, int people) throws IOException {
        for (int i = 0; i < people; i++) {
            templates.add(faces.any());
            gallery.enrol(person(i), templates.get(i), UNCHECKED.inGroups(Set.of(i % 2 == 0 ? "even" : "odd")));
        }
    }

    private static SearchResult search(Gallery gallery, Template probe) {
        return gallery.identify(gallery.purpose(), probe, SearchOptions.DEFAULT);
    }

    private void findsEverybody(Gallery gallery) {
        assertThat(gallery.size()).isEqualTo(templates.size());
        for (int i = 0; i < templates.size(); i++) {
            PersonId expected = person(i);
            assertThat(search(gallery, faces.near(templates.get(i), 0.2)))
                    .isInstanceOfSatisfying(
                            Known.class, known -> assertThat(known.person()).isEqualTo(expected));
        }
    }

    @Test
    @DisplayName("ATT-3 A renewal of the key leaves every score as it is, also after a restart and a further renewal")
    void keepsScores() throws IOException {
        List<Template> probes = new ArrayList<>();
        List<Double> distances = new ArrayList<>();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS);
                Gallery other = house.gallery(Purpose.ATTENDANCE)) {
            fill(gallery, 40);
            other.enrol(person(0), templates.get(0));
            for (Template template : templates) {
                probes.add(faces.near(template, 0.45));
                distances.add(score(gallery, probes.get(probes.size() - 1)));
            }
            for (int round = 0; round < 2; round++) {
                gallery.renewReferences();
                for (int i = 0; i < probes.size(); i++) {
                    assertThat(score(gallery, probes.get(i))).isCloseTo(distances.get(i), within(1e-3));
                }
                assertThat(gallery.groupsOf(person(3))).containsExactly("odd");
                findsEverybody(gallery);
            }
            templates.add(faces.any());
            gallery.enrol(person(40), templates.get(40));
            gallery.remove(person(40));
            gallery.enrol(person(40), templates.get(40));
            assertThat(search(other, templates.get(0))).isInstanceOf(Known.class);
        }
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            findsEverybody(gallery);
            assertThat(generations(house)).isEqualTo("2");
        }
    }

    private static double score(Gallery gallery, Template probe) {
        return ((Known) search(gallery, probe)).score();
    }

    private static String generations(GalleryHouse house) throws IOException {
        return text(house, "SELECT CAST(generation AS TEXT) FROM gallery_key WHERE purpose = 'access'");
    }

    private static String text(GalleryHouse house, String query) throws IOException {
        return new String(house.values(query).get(0), StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName(
            "ATT-3 After a renewal the old key and what was under it are in no file, and what was stolen matches nothing")
    void whatWasStolenIsWorthless() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            fill(gallery, 30);
            Traces old = new Traces();
            for (String query : List.of("SELECT sealed FROM gallery_key", "SELECT sealed FROM gallery_reference")) {
                house.values(query).forEach(bytes -> old.add(query, bytes));
            }
            assertThat(old.in(folder)).isNotEmpty();
            List<float[]> stolen = turned(gallery);
            assertThat(OwnMemory.holds(gallery, stolen.get(0))).isTrue();
            gallery.renewReferences();
            assertThat(old.in(folder)).isEmpty();
            List<float[]> now = turned(gallery);
            for (int i = 0; i < stolen.size(); i++) {
                assertThat(OwnMemory.holds(gallery, stolen.get(i))).isFalse();
                double same = distance(stolen.get(i), now.get(i));
                double stranger = distance(stolen.get(i), now.get((i + 1) % now.size()));
                // Templates of length 1.4 in random directions lie 1.98 apart, give or take 0.09.
                assertThat(same).isGreaterThan(1.4);
                assertThat(stranger).isGreaterThan(1.4);
                assertThat(search(gallery, Template.of(gallery.packId(), stolen.get(i))))
                        .isInstanceOf(SearchResult.Unknown.class);
            }
        }
    }

    private List<float[]> turned(Gallery gallery) {
        Shelf shelf = OwnMemory.shelf(gallery);
        return templates.stream().map(shelf::protect).toList();
    }

    private static double distance(float[] one, float[] other) {
        double squares = 0;
        for (int i = 0; i < one.length; i++) {
            squares += Math.pow((double) one[i] - other[i], 2);
        }
        return Math.sqrt(squares);
    }

    /** Copies the store's files before each write, as a program that is killed then leaves them. */
    @Test
    @DisplayName(
            "ATT-16 Cut off before any of its writes, a renewal is completed by the next start, and nobody is missing")
    void isCompletedAfterACrashAtAnyStep() throws IOException {
        List<Path> crashes = new ArrayList<>();
        try (GalleryHouse house = new GalleryHouse(folder)) {
            boolean[] renewing = {false};
            house.through = store -> new WatchedStore(store, () -> {
                if (renewing[0]) {
                    crashes.add(copy(crashes.size()));
                }
            });
            try (Gallery gallery = house.gallery(Purpose.ACCESS)) {
                // More than are rewritten at once.
                fill(gallery, 520);
                renewing[0] = true;
                gallery.renewReferences();
                renewing[0] = false;
            }
        }
        // Next key, two slices, finish, scrub.
        assertThat(crashes).hasSize(5);
        List<String> generations = new ArrayList<>();
        for (Path crash : crashes) {
            try (GalleryHouse house = new GalleryHouse(crash)) {
                byte[] oldKey = house.values("SELECT sealed FROM gallery_key").get(0);
                boolean isUnderWay = house.count("gallery_next_key") == 1;
                try (Gallery gallery = house.gallery(Purpose.ACCESS)) {
                    findsEverybody(gallery);
                }
                assertThat(house.count("gallery_next_key")).isZero();
                assertThat(text(house, "SELECT CAST(count(DISTINCT key_generation) AS TEXT) FROM gallery_reference"))
                        .isEqualTo("1");
                generations.add(generations(house));
                Traces traces = new Traces();
                traces.add("old key", oldKey);
                assertThat(traces.in(crash).isEmpty()).isEqualTo(isUnderWay);
            }
        }
        assertThat(generations).containsExactly("0", "1", "1", "1", "1");
    }

    private Path copy(int number) throws IOException {
        Path copy = Files.createDirectory(folder.resolve("crash-" + number));
        for (String name : List.of(DATABASE.toString(), DATABASE + "-wal", "vault.key")) {
            Files.copy(folder.resolve(name), copy.resolve(name));
        }
        return copy;
    }

    @Test
    void goesOnWhenAWriteFailsAndCompletesWhenCalledAgain() throws IOException {
        for (int failing = 0; failing < 4; failing++) {
            Path place = Files.createDirectory(folder.resolve("failing-" + failing));
            templates.clear();
            try (GalleryHouse house = new GalleryHouse(place)) {
                AtomicInteger writes = new AtomicInteger(Integer.MIN_VALUE);
                int at = failing;
                house.through = store -> new WatchedStore(store, () -> {
                    if (writes.getAndIncrement() == at) {
                        throw new StoreException("the disk is full");
                    }
                });
                try (Gallery gallery = house.gallery(Purpose.ACCESS)) {
                    fill(gallery, 20);
                    writes.set(0);
                    assertThatThrownBy(gallery::renewReferences).hasMessage("the disk is full");
                    writes.set(Integer.MIN_VALUE);
                    findsEverybody(gallery);
                    templates.add(faces.any());
                    gallery.enrol(person(20), templates.get(20));
                    gallery.renewReferences();
                    findsEverybody(gallery);
                }
                try (Gallery gallery = house.gallery(Purpose.ACCESS)) {
                    findsEverybody(gallery);
                }
                assertThat(house.count("gallery_next_key")).isZero();
            }
        }
    }

    @Test
    @Timeout(60)
    void searchesGoOnMeanwhile() throws Exception {
        try (GalleryHouse house = new GalleryHouse(folder)) {
            List<SearchResult> found = new ArrayList<>();
            List<Gallery> renewing = new ArrayList<>();
            house.through = store -> new WatchedStore(store, () -> {
                for (Gallery gallery : renewing) {
                    FutureTask<SearchResult> search = new FutureTask<>(() -> search(gallery, templates.get(0)));
                    new Thread(search).start();
                    try {
                        found.add(search.get());
                    } catch (Exception e) {
                        throw new IOException(e);
                    }
                }
            });
            try (Gallery gallery = house.gallery(Purpose.ACCESS)) {
                fill(gallery, 10);
                renewing.add(gallery);
                gallery.renewReferences();
                renewing.clear();
                assertThat(found).hasSize(4).allMatch(Known.class::isInstance);
            }
        }
    }

    @Test
    void turnsReferencesOfPacksThatItDoesNotHoldAndDeletesDeadOnes() throws IOException {
        ModelPack older = ModelPack.loadSteady();
        Template template = Template.of(older.id(), faces.any().vector());
        try (GalleryHouse house = new GalleryHouse(folder)) {
            try (Gallery gallery = house.builder(Purpose.ACCESS, older).open()) {
                gallery.enrol(person(100), template);
            }
            try (Gallery gallery = house.builder(Purpose.ACCESS, GalleryHouse.PACK)
                    .leavingOtherPacks()
                    .open()) {
                gallery.renewReferences();
            }
            try (Gallery gallery =
                    house.builder(Purpose.ACCESS, older).leavingOtherPacks().open()) {
                assertThat(search(gallery, template)).isInstanceOf(Known.class);
                gallery.forget(person(100));
            }
            try (Gallery gallery = house.gallery(Purpose.ACCESS)) {
                fill(gallery, 4);
                house.shred(person(3));
                gallery.renewReferences();
                assertThat(house.rows()).isEqualTo(3);
                assertThat(gallery.size()).isEqualTo(3);
            }
        }
    }
}
