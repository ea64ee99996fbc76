package io.gatehouse.biometrics.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.gallery.SearchResult.Known;
import io.gatehouse.biometrics.gallery.SearchResult.Unknown;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
            Template old = template(OLD, 0);
            assertThatThrownBy(() -> search(gallery, old)).isInstanceOf(IllegalArgumentException.class);
        }
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.builder(Purpose.ACCESS, NEW).open()) {
            assertThat(search(gallery, template(NEW, 1))).isInstanceOf(Known.class);
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
