package io.gatehouse.biometrics.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.gallery.SearchResult.Ambiguous;
import io.gatehouse.biometrics.gallery.SearchResult.Candidate;
import io.gatehouse.biometrics.gallery.SearchResult.Known;
import io.gatehouse.biometrics.gallery.SearchResult.Refused;
import io.gatehouse.biometrics.gallery.SearchResult.Unknown;
import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a search answers: how strict, by what margin, with whom on the list, for several probes. */
class IdentificationTest {
    private static final PersonId ANNA = PersonId.of("anna");
    private static final PersonId BOB = PersonId.of("bob");
    private static final PersonId CARA = PersonId.of("cara");
    private static final Calibration CALIBRATION =
            GalleryHouse.PACK.requireEmbedder().calibration();
    private static final EnrolmentOptions ANYBODY = EnrolmentOptions.DEFAULT.withoutDuplicateCheck();

    private final Faces faces = new Faces(23);

    @TempDir
    Path folder;

    @Test
    @DisplayName("ATT-10 Beyond what was measured a search is refused, unless it asks for it; then the answer says so")
    void marksWhatItExtrapolates() throws IOException {
        SearchOptions strict = SearchOptions.ofFalsePositiveIdentificationRate(1e-6);
        Template anna = faces.any();
        Template probe = faces.near(anna, 0.1);
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            gallery.enrol(ANNA, anna);
            assertThat(gallery.identify(Purpose.ACCESS, probe, strict))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason().code()).isEqualTo("gallery.rate-not-supported"));
            Known beyond = known(gallery.identify(Purpose.ACCESS, probe, strict.extrapolating()));
            assertThat(beyond.extrapolated()).isTrue();
            assertThat(beyond.score()).isGreaterThan(60);
            Known measured = known(gallery.identify(Purpose.ACCESS, probe, SearchOptions.DEFAULT));
            assertThat(measured.extrapolated()).isFalse();
            assertThat(measured.score()).isEqualTo(-10 * Math.log10(CALIBRATION.floor()));
            assertThat(gallery.verify(Purpose.ACCESS, ANNA, probe, strict.extrapolating()))
                    .isInstanceOfSatisfying(
                            Known.class,
                            known -> assertThat(known.extrapolated()).isTrue());
        }
    }

    @Test
    @DisplayName(
            "ATT-10 Whom the next person is too near to is not named, and whoever is named says by how much they lead")
    void asksForAMarginInScoreUnits() throws IOException {
        Template anna = faces.any();
        double nearer = CALIBRATION.distanceAt(1e-4);
        double farther = CALIBRATION.distanceAt(4e-4);
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            gallery.enrol(ANNA, faces.near(anna, nearer), ANYBODY);
            gallery.enrol(BOB, faces.near(anna, farther), ANYBODY);
            SearchOptions options = SearchOptions.DEFAULT.withFalseMatchRate(1e-3);
            // Four times as high a rate is six score units.
            double lead = 10 * Math.log10(4);
            Known known = known(gallery.identify(Purpose.ACCESS, anna, options.withMargin(lead - 0.01)));
            assertThat(known.person()).isEqualTo(ANNA);
            assertThat(known.margin()).isCloseTo(lead, within(1e-3));
            assertThat(gallery.identify(Purpose.ACCESS, anna, options.withMargin(lead + 0.01)))
                    .isInstanceOfSatisfying(Ambiguous.class, ambiguous -> {
                        assertThat(ambiguous.people()).containsExactly(ANNA, BOB);
                        assertThat(ambiguous.candidates().get(1).score())
                                .isCloseTo(-10 * Math.log10(4e-4), within(1e-3));
                    });
            gallery.remove(BOB);
            assertThat(known(gallery.identify(Purpose.ACCESS, anna, options)).margin())
                    .as("to the threshold, when nobody else is within it")
                    .isCloseTo(10, within(1e-3));
        }
    }

    @Test
    void ranksPeopleWhereTheDataEndToo() throws IOException {
        Template anna = faces.any();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            gallery.enrol(ANNA, faces.near(anna, 0.1), ANYBODY);
            gallery.enrol(BOB, faces.near(anna, 0.4), ANYBODY);
            Known known = known(gallery.identify(Purpose.ACCESS, anna, SearchOptions.DEFAULT.withMargin(20)));
            assertThat(known.person())
                    .as("both have the highest score there is")
                    .isEqualTo(ANNA);
            assertThat(known.extrapolated()).isFalse();
        }
        for (List<Calibration.Row> rows :
                List.of(CALIBRATION.rows(), CALIBRATION.rows().subList(0, 1))) {
            Closeness closeness = new Closeness(new Calibration(rows, "without a tail"));
            double end = rows.get(0).distance();
            assertThat(closeness.of(end)).isCloseTo(-10 * Math.log10(CALIBRATION.floor()), within(1e-9));
            assertThat(closeness.of(end - 1e-9)).isCloseTo(closeness.of(end), within(1e-5));
            assertThat(closeness.of(end / 2)).isGreaterThan(closeness.of(end) + 1);
        }
    }

    @Test
    @DisplayName("ATT-10 A guard's list has the nearest people, once each, also when nobody is near enough")
    void listsTheNearestPeople() throws IOException {
        Template anna = faces.any();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            gallery.enrol(BOB, faces.near(anna, 0.7), ANYBODY);
            for (int i = 0; i < 5; i++) {
                gallery.enrol(ANNA, faces.near(anna, 0.65), ANYBODY);
            }
            gallery.enrol(CARA, faces.near(anna, 0.8), ANYBODY.inGroups(Set.of("lab")));
            SearchOptions two = SearchOptions.DEFAULT.withCandidates(2);
            SearchResult nobody = gallery.identify(Purpose.ACCESS, anna, two);
            assertThat(nobody).isInstanceOf(Unknown.class);
            assertThat(people(nobody)).containsExactly(ANNA, BOB);
            assertThat(nobody.nearest().get(0).score()).isLessThan(40).isGreaterThan(0);
            assertThat(people(gallery.identify(Purpose.ACCESS, anna, two.among(Set.of("lab")))))
                    .containsExactly(CARA);
            house.withdraw(ANNA);
            assertThat(people(gallery.identify(Purpose.ACCESS, anna, two))).containsExactly(BOB);
            house.consent(ANNA);
            gallery.enrol(ANNA, anna);
            SearchResult found = gallery.identify(Purpose.ACCESS, anna, two);
            assertThat(people(found)).containsExactly(ANNA, BOB);
            double toBob = new Closeness(CALIBRATION).of(0) - new Closeness(CALIBRATION).of(0.7);
            assertThat(known(found).margin()).isCloseTo(toBob, within(1e-2));
            assertThat(gallery.identify(Purpose.ACCESS, anna, SearchOptions.DEFAULT)
                            .nearest())
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("ATT-10 Several probes are answered as one by one")
    void answersABatchAsOneByOne() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            List<Template> probes = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Template face = faces.any();
                probes.add(faces.near(face, 0.2));
                if (i % 3 > 0) {
                    gallery.enrol(PersonId.of("p" + i), face);
                }
            }
            SearchOptions options = SearchOptions.DEFAULT.withCandidates(3);
            List<SearchResult> together = gallery.identifyAll(Purpose.ACCESS, probes, options);
            List<SearchResult> alone = probes.stream()
                    .map(probe -> gallery.identify(Purpose.ACCESS, probe, options))
                    .toList();
            assertThat(together).isEqualTo(alone);
            assertThat(together).hasAtLeastOneElementOfType(Known.class).hasAtLeastOneElementOfType(Unknown.class);
            assertThat(gallery.identifyAll(Purpose.ACCESS, List.of(), options)).isEmpty();
            assertThat(gallery.identifyAll(Purpose.ATTENDANCE, probes, options))
                    .hasSize(20)
                    .allMatch(Refused.class::isInstance);
        }
    }

    @Test
    void refusesOptionsThatMeanNothing() {
        SearchOptions options = SearchOptions.DEFAULT;
        for (double margin : new double[] {-1, 101, Double.NaN}) {
            assertThatThrownBy(() -> options.withMargin(margin))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("score units");
        }
        assertThatThrownBy(() -> options.withCandidates(101)).hasMessageContaining("0 to 100 people, not 101");
        assertThatThrownBy(() -> options.withCandidates(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.by("Front Desk")).hasMessageContaining("caller 'Front Desk'");
    }

    private static Known known(SearchResult result) {
        assertThat(result).isInstanceOf(Known.class);
        return (Known) result;
    }

    private static List<PersonId> people(SearchResult result) {
        return result.nearest().stream().map(Candidate::person).toList();
    }
}
