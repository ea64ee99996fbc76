package io.gatehouse.biometrics.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.gallery.SearchResult.Known;
import io.gatehouse.biometrics.gallery.SearchResult.Refused;
import io.gatehouse.biometrics.gallery.SearchResult.Unknown;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.place.ZoneCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupsTest {
    private static final PersonId ANNA = PersonId.of("anna");
    private static final PersonId BOB = PersonId.of("bob");
    private static final ZoneCode LAB = ZoneCode.of("planted-lab");

    private final Faces faces = new Faces(7);

    @TempDir
    Path folder;

    @Test
    @DisplayName("ATT-10 A search for a zone finds who is of the zone and nobody else, also after a restart")
    void findsOnlyWhoIsOfTheGroup() throws IOException {
        Template anna = faces.any();
        Template bob = faces.any();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            gallery.enrol(ANNA, anna, EnrolmentOptions.DEFAULT.inGroups(Set.of(LAB.value(), "staff")));
            gallery.enrol(BOB, bob);
            assertThat(gallery.assign(BOB, Set.of("staff"))).isTrue();
            requireLimited(gallery, anna, bob);
        }
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            requireLimited(gallery, anna, bob);
            assertThat(gallery.groupsOf(ANNA)).containsExactlyInAnyOrder("staff", "planted-lab");
            assertThat(gallery.groupsOf(PersonId.of("never-here"))).isEmpty();
            assertThat(gallery.assign(BOB, Set.of())).isTrue();
            assertThat(search(gallery, bob, Set.of("staff"))).isInstanceOf(Unknown.class);
        }
    }

    private static void requireLimited(Gallery gallery, Template anna, Template bob) {
        assertThat(search(gallery, anna, Set.of("planted-lab"))).isInstanceOf(Known.class);
        assertThat(search(gallery, bob, Set.of("planted-lab"))).isInstanceOf(Unknown.class);
        assertThat(search(gallery, bob, Set.of("staff"))).isInstanceOf(Known.class);
        assertThat(search(gallery, bob, Set.of("planted-lab", "staff"))).isInstanceOf(Known.class);
        assertThat(search(gallery, anna, Set.of("nobody"))).isInstanceOf(Unknown.class);
    }

    @Test
    @DisplayName("ATT-3 The database does not tell who is in a group, nor which groups there are")
    void keepsGroupsSealed() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            gallery.enrol(ANNA, faces.any(), EnrolmentOptions.DEFAULT.inGroups(Set.of("planted-lab")));
            assertThat(house.filesHold("planted".getBytes(StandardCharsets.UTF_8)))
                    .isFalse();
            gallery.enrol(BOB, faces.any(), EnrolmentOptions.DEFAULT.inGroups(Set.of("staff")));
            house.execute(
                    "UPDATE gallery_reference SET sealed_groups =" + " (SELECT max(sealed) FROM gallery_reference)");
            assertThatThrownBy(() -> house.gallery(Purpose.ACCESS)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aPersonHasTheSameGroupsWithAllReferencesAndKeepsThemWhenEnrolledAnew() throws IOException {
        Template first = faces.any();
        Template second = faces.any();
        Template third = faces.any();
        try (GalleryHouse house = new GalleryHouse(folder)) {
            try (Gallery gallery = house.gallery(Purpose.ACCESS)) {
                gallery.enrol(ANNA, first);
                gallery.enrol(ANNA, second, EnrolmentOptions.DEFAULT.inGroups(Set.of("lab")));
                assertThat(search(gallery, first, Set.of("lab"))).isInstanceOf(Known.class);
                gallery.enrol(ANNA, third, EnrolmentOptions.DEFAULT.replacing());
                assertThat(search(gallery, third, Set.of("lab"))).isInstanceOf(Known.class);
            }
            try (Gallery gallery = house.gallery(Purpose.ACCESS)) {
                assertThat(search(gallery, third, Set.of("lab"))).isInstanceOf(Known.class);
                gallery.remove(ANNA);
                gallery.enrol(ANNA, third);
                assertThat(gallery.groupsOf(ANNA)).isEmpty();
            }
        }
    }

    @Test
    void aRateOfWholeSearchesIsHeldAgainstTheGroupsSize() throws IOException {
        SearchOptions oneInThousand = SearchOptions.ofFalsePositiveIdentificationRate(1e-3);
        long most = GalleryHouse.PACK.requireEmbedder().calibration().largestGallery(1e-3);
        Template anna = faces.any();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            gallery.enrol(ANNA, anna, EnrolmentOptions.DEFAULT.inGroups(Set.of("lab")));
            for (int i = 0; i < most; i++) {
                gallery.enrol(PersonId.of("p" + i), faces.any());
            }
            assertThat(gallery.identify(Purpose.ACCESS, anna, oneInThousand)).isInstanceOf(Refused.class);
            assertThat(gallery.identify(Purpose.ACCESS, anna, oneInThousand.among(Set.of("lab"))))
                    .isInstanceOf(Known.class);
        }
    }

    @Test
    void answersAsAPlainFilterDoes() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Faces drawn = new Faces(seed);
        List<String> names = List.of("g0", "g1", "g2", "g3");
        Map<PersonId, Template> people = new HashMap<>();
        Map<PersonId, Set<String>> groups = new HashMap<>();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            for (int step = 0; step < 150; step++) {
                PersonId person = PersonId.of("p" + random.nextInt(40));
                Set<String> in = some(names, random);
                if (people.containsKey(person) && random.nextBoolean()) {
                    gallery.assign(person, in);
                } else {
                    people.put(person, drawn.any());
                    gallery.enrol(
                            person,
                            people.get(person),
                            EnrolmentOptions.DEFAULT.replacing().inGroups(in));
                }
                groups.put(person, in);
                Set<String> sought = some(names, random);
                PersonId probed = List.copyOf(people.keySet()).get(random.nextInt(people.size()));
                boolean isWanted =
                        sought.isEmpty() || !Collections.disjoint(sought, groups.getOrDefault(probed, Set.of()));
                assertThat(search(gallery, Objects.requireNonNull(people.get(probed)), sought) instanceof Known)
                        .isEqualTo(isWanted);
            }
        }
    }

    private static Set<String> some(List<String> names, Random random) {
        Set<String> some = new HashSet<>(names);
        some.removeIf(name -> random.nextBoolean());
        return some;
    }

    @Test
    void refusesNamesOfAnotherFormAndChangesNothing() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            gallery.enrol(ANNA, faces.any(), EnrolmentOptions.DEFAULT.inGroups(Set.of("lab")));
            assertThatThrownBy(() -> gallery.assign(ANNA, Set.of("lab", "Big Lab")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'Big Lab'");
            assertThatThrownBy(() -> EnrolmentOptions.DEFAULT.inGroups(Set.of("")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> SearchOptions.DEFAULT.among(Set.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at least 1 group");
            assertThat(gallery.assign(BOB, Set.of("lab"))).isFalse();
            house.shred(ANNA);
            assertThat(gallery.assign(ANNA, Set.of("other"))).isFalse();
            assertThat(gallery.groupsOf(ANNA)).containsExactly("lab");
        }
    }

    private static SearchResult search(Gallery gallery, Template probe, Set<String> groups) {
        SearchOptions options = SearchOptions.DEFAULT;
        return gallery.identify(Purpose.ACCESS, probe, groups.isEmpty() ? options : options.among(groups));
    }
}
