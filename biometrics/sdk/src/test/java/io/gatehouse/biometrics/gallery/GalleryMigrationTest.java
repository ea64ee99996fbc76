package io.gatehouse.biometrics.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.gallery.Enrolment.Duplicate;
import io.gatehouse.biometrics.gallery.Enrolment.Enrolled;
import io.gatehouse.biometrics.gallery.SearchResult.Known;
import io.gatehouse.biometrics.gallery.SearchResult.Refused;
import io.gatehouse.biometrics.gallery.SearchResult.Unknown;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two packs side by side while people are enrolled anew: the default one and the steady one. */
class GalleryMigrationTest {
    private static final ModelPack OLD = GalleryHouse.PACK;
    private static final ModelPack NEW = ModelPack.loadSteady();
    private static final PersonId ANNA = PersonId.of("anna");
    private static final PersonId BOB = PersonId.of("bob");

    @TempDir
    Path folder;

    @Test
    void doesNotOpenWithReferencesThatItCannotSearch() throws IOException {
        enrolWithTheOldPack();
        try (GalleryHouse house = new GalleryHouse(folder)) {
            assertThatThrownBy(() -> house.builder(Purpose.ACCESS, NEW).open())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(OLD.id() + "=2")
                    .hasMessageContaining("alsoHolding");
            try (Gallery gallery =
                    house.builder(Purpose.ACCESS, NEW).leavingOtherPacks().open()) {
                assertThat(gallery.size()).isZero();
            }
            assertThat(house.rows()).as("they stay").isEqualTo(2);
        }
    }

    @Test
    void searchesEachPackWithItsOwnProbesAndSaysWhoIsLeft() throws IOException {
        enrolWithTheOldPack();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery =
                        house.builder(Purpose.ACCESS, NEW).alsoHolding(OLD).open()) {
            assertThat(gallery.packIds()).isEqualTo(Set.of(OLD.id(), NEW.id()));
            assertThat(gallery.migration().left()).containsExactly(ANNA, BOB);
            assertThat(gallery.proposals())
                    .hasSize(2)
                    .allMatch(proposal -> proposal.reason().code().equals("template.old-pack"));
            assertThat(search(gallery, template(OLD, 0))).isInstanceOf(Known.class);
            assertThat(search(gallery, template(NEW, 0)))
                    .as("the same numbers of another pack are another face")
                    .isInstanceOf(Unknown.class);
            Template old = template(OLD, 5);
            assertThatThrownBy(() -> gallery.enrol(ANNA, old)).isInstanceOf(IllegalArgumentException.class);

            gallery.enrol(ANNA, template(NEW, 0));
            assertThat(gallery.migration()).isEqualTo(new MigrationProgress(NEW.id(), 1, List.of(BOB)));
            assertThat(gallery.migration().toString()).doesNotContain("bob");
            assertThat(search(gallery, template(NEW, 0))).isInstanceOf(Known.class);
            assertThat(search(gallery, template(OLD, 0))).isInstanceOf(Known.class);
            assertThatThrownBy(gallery::dropOlderPacks)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("1 people");
        }
    }

    @Test
    void dropsTheOldReferencesWhenNobodyIsLeft() throws IOException {
        enrolWithTheOldPack();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery =
                        house.builder(Purpose.ACCESS, NEW).alsoHolding(OLD).open()) {
            byte[] sealed = house.bytes("sealed").get(0);
            gallery.enrol(ANNA, template(NEW, 0));
            gallery.enrol(BOB, template(NEW, 1));
            assertThat(gallery.migration().isFinished()).isTrue();
            assertThat(gallery.dropOlderPacks()).isEqualTo(2);
            assertThat(house.rows()).isEqualTo(2);
            assertThat(house.filesHold(sealed))
                    .as("nothing is left in free pages")
                    .isFalse();
            assertThat(gallery.packIds()).containsExactly(NEW.id());
            assertThat(gallery.dropOlderPacks()).isZero();
        }
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.builder(Purpose.ACCESS, NEW).open()) {
            assertThat(search(gallery, template(NEW, 1))).isInstanceOf(Known.class);
        }
    }

    @Test
    void refusesProbesOfADroppedPackAsTooLateAndNotAsAMistake() throws IOException {
        enrolWithTheOldPack();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery =
                        house.builder(Purpose.ACCESS, NEW).alsoHolding(OLD).open()) {
            gallery.enrol(ANNA, template(NEW, 0));
            gallery.enrol(BOB, template(NEW, 1));
            gallery.dropOlderPacks();
            Template late = template(OLD, 0);
            for (SearchResult result :
                    List.of(search(gallery, late), gallery.verify(Purpose.ACCESS, ANNA, late, 1e-4))) {
                assertThat(result).isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.reason().code()).isEqualTo("gallery.pack-dropped");
                    assertThat(refused.reason().toString()).contains(OLD.id());
                });
            }
            assertThat(house.recorded(Gallery.SEARCH_REFUSED))
                    .as("nobody did wrong")
                    .isEmpty();
            gallery.identify(Purpose.ATTENDANCE, late, SearchOptions.DEFAULT);
            assertThat(house.recorded(Gallery.SEARCH_REFUSED))
                    .as("another purpose is still wrong")
                    .hasSize(1);
            Template never = Template.of("never-here", late.vector());
            assertThatThrownBy(() -> search(gallery, never)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void searchesWithOlderProbesWhileTheirPackIsDropped() throws Exception {
        enrolWithTheOldPack();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery =
                        house.builder(Purpose.ACCESS, NEW).alsoHolding(OLD).open()) {
            gallery.enrol(ANNA, template(NEW, 0));
            gallery.enrol(BOB, template(NEW, 1));
            CountDownLatch searching = new CountDownLatch(1);
            CompletableFuture<Void> searches = CompletableFuture.runAsync(() -> {
                SearchResult result = search(gallery, template(OLD, 0));
                assertThat(result).isInstanceOf(Known.class);
                searching.countDown();
                while (!(result instanceof Refused)) {
                    result = search(gallery, template(OLD, 0));
                }
            });
            searching.await();
            assertThat(gallery.dropOlderPacks()).isEqualTo(2);
            searches.get(1, TimeUnit.MINUTES);
        }
    }

    @Test
    @DisplayName("ATT-9 A face that is left in an older pack under another name is found with that pack's template")
    void findsDuplicatesAmongOlderReferences() throws IOException {
        enrolWithTheOldPack();
        PersonId alias = PersonId.of("alias");
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery =
                        house.builder(Purpose.ACCESS, NEW).alsoHolding(OLD).open()) {
            EnrolmentOptions both = EnrolmentOptions.DEFAULT.alsoComparing(template(OLD, 0));
            assertThat(gallery.enrol(alias, template(NEW, 0), both))
                    .isInstanceOfSatisfying(
                            Duplicate.class,
                            duplicate -> assertThat(duplicate.candidates())
                                    .extracting(Duplicate.Candidate::person)
                                    .containsExactly(ANNA));
            assertThat(house.rows()).isEqualTo(2);
            assertThat(gallery.enrol(ANNA, template(NEW, 0), both)).isInstanceOf(Enrolled.class);
            assertThat(gallery.enrol(alias, template(NEW, 0), both))
                    .as("one candidate a person, though both packs find her")
                    .isInstanceOfSatisfying(
                            Duplicate.class,
                            duplicate -> assertThat(duplicate.candidates()).hasSize(1));
            assertThat(gallery.enrol(alias, template(NEW, 7), EnrolmentOptions.DEFAULT.alsoComparing(template(OLD, 7))))
                    .isInstanceOf(Enrolled.class);
            Template present = template(NEW, 8);
            EnrolmentOptions notOlder = EnrolmentOptions.DEFAULT.alsoComparing(present);
            assertThatThrownBy(() -> gallery.enrol(alias, present, notOlder))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("older pack");
            gallery.remove(BOB);
            gallery.dropOlderPacks();
            assertThat(gallery.enrol(BOB, template(NEW, 1), EnrolmentOptions.DEFAULT.alsoComparing(template(OLD, 1))))
                    .as("a dropped pack has nobody to compare with")
                    .isInstanceOf(Enrolled.class);
        }
    }

    @Test
    void replacesOldReferencesInOneStep() throws IOException {
        enrolWithTheOldPack();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery =
                        house.builder(Purpose.ACCESS, NEW).alsoHolding(OLD).open()) {
            gallery.enrol(ANNA, template(NEW, 0), EnrolmentOptions.DEFAULT.replacing());
            assertThat(search(gallery, template(OLD, 0))).isInstanceOf(Unknown.class);
            assertThat(search(gallery, template(OLD, 1))).isInstanceOf(Known.class);
            assertThat(house.rows()).isEqualTo(2);
            assertThat(gallery.remove(BOB)).isTrue();
            assertThat(gallery.migration().isFinished()).isTrue();
        }
    }

    private void enrolWithTheOldPack() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.builder(Purpose.ACCESS, OLD).open()) {
            gallery.enrol(ANNA, template(OLD, 0));
            gallery.enrol(BOB, template(OLD, 1));
        }
    }

    private static SearchResult search(Gallery gallery, Template probe) {
        return gallery.identify(gallery.purpose(), probe, SearchOptions.DEFAULT);
    }

    private static Template template(ModelPack pack, int axis) {
        float[] vector = new float[128];
        vector[axis] = 1.4f;
        return Template.of(pack.id(), vector);
    }
}
