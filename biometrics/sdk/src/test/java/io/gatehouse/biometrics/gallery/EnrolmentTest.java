package io.gatehouse.biometrics.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.gallery.Enrolment.Duplicate;
import io.gatehouse.biometrics.gallery.Enrolment.Enrolled;
import io.gatehouse.biometrics.gallery.SearchResult.Known;
import io.gatehouse.biometrics.gallery.SearchResult.Unknown;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Duplicates, and enrolment anew. */
class EnrolmentTest {
    private static final PersonId ANNA = PersonId.of("anna");
    private static final PersonId TWIN = PersonId.of("twin");
    private static final long SEED = 11;

    @TempDir
    Path folder;

    @Test
    @DisplayName("ATT-9 A face that is enrolled as somebody else is not enrolled again, and nothing is kept")
    void findsTheSameFaceUnderAnotherName() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            assertThat(gallery.enrol(ANNA, at(0))).isInstanceOf(Enrolled.class);
            assertThat(gallery.enrol(TWIN, at(0.2))).isInstanceOfSatisfying(Duplicate.class, duplicate -> {
                assertThat(duplicate.candidates()).hasSize(1);
                assertThat(duplicate.candidates().get(0).person()).isEqualTo(ANNA);
                assertThat(duplicate.candidates().get(0).score()).isGreaterThanOrEqualTo(40);
            });
            assertThat(house.rows()).isEqualTo(1);
            assertThat(gallery.enrol(ANNA, at(0.2)))
                    .as("the same person is no duplicate")
                    .isInstanceOf(Enrolled.class);
            house.withdraw(ANNA);
            assertThat(gallery.enrol(TWIN, at(0.2)))
                    .as("of who withdrew nothing is told")
                    .isInstanceOf(Enrolled.class);
        }
    }

    @Test
    @DisplayName("ATT-6 Whose face it is also is told only when it is on record that somebody was told")
    void recordsThatADuplicateWasFound() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            gallery.enrol(ANNA, at(0));
            Template same = at(0.2);
            house.ledgerFails = true;
            assertThatThrownBy(() -> gallery.enrol(TWIN, same)).isInstanceOf(IOException.class);
            house.ledgerFails = false;
            assertThat(gallery.enrol(TWIN, same)).isInstanceOf(Duplicate.class);
            assertThat(house.recorded).singleElement().satisfies(event -> {
                assertThat(event.kind()).isEqualTo(Gallery.DUPLICATE_FOUND);
                assertThat(event.person()).contains(TWIN);
                assertThat(event.facts()).containsEntry("others", "1");
            });
        }
    }

    @Test
    void enrolsATwinWhenSomebodySaysSoAndRecordsIt() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            gallery.enrol(ANNA, at(0));
            EnrolmentOptions allowing = EnrolmentOptions.DEFAULT.allowingDuplicate("twins, passports seen");
            house.ledgerFails = true;
            Template twin = at(0.2);
            assertThatThrownBy(() -> gallery.enrol(TWIN, twin, allowing)).isInstanceOf(IOException.class);
            assertThat(house.rows()).as("what cannot be recorded is not done").isEqualTo(1);
            house.ledgerFails = false;
            assertThat(gallery.enrol(TWIN, twin, allowing)).isInstanceOf(Enrolled.class);
            assertThat(house.recorded).singleElement().satisfies(event -> {
                assertThat(event.kind()).isEqualTo(Gallery.DUPLICATE_ALLOWED);
                assertThat(event.person()).contains(TWIN);
                assertThat(event.personalFacts()).containsEntry("why", "twins, passports seen");
            });
        }
    }

    @Test
    void looksForNobodyWhenToldSo() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            gallery.enrol(ANNA, at(0));
            assertThat(gallery.enrol(TWIN, at(0.1), EnrolmentOptions.DEFAULT.withoutDuplicateCheck()))
                    .isInstanceOf(Enrolled.class);
            assertThat(house.recorded).isEmpty();
        }
    }

    @Test
    @DisplayName("ATT-15 A face that changed is enrolled anew: the new reference takes the place of the old ones")
    void replacesReferences() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            gallery.enrol(ANNA, at(0));
            gallery.enrol(ANNA, at(0.1));
            gallery.enrol(ANNA, at(0.8), EnrolmentOptions.DEFAULT.replacing());
            assertThat(house.rows()).isEqualTo(1);
            assertThat(search(gallery, at(0))).isInstanceOf(Unknown.class);
            assertThat(search(gallery, at(0.8))).isInstanceOf(Known.class);
        }
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            assertThat(search(gallery, at(0))).isInstanceOf(Unknown.class);
            assertThat(search(gallery, at(0.8))).isInstanceOf(Known.class);
        }
    }

    @Test
    @DisplayName("ATT-15 A face that drifts slowly is proposed for enrolment anew, also over restarts; others are not")
    void proposesWhoDrifts() throws IOException {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        PersonId steady = PersonId.of("steady");
        for (int month = 0; month < 6; month++) {
            try (GalleryHouse house = new GalleryHouse(folder);
                    Gallery gallery = house.gallery(Purpose.ACCESS)) {
                if (month == 0) {
                    gallery.enrol(ANNA, at(0));
                    gallery.enrol(steady, other(0));
                }
                for (int i = 0; i < 20; i++) {
                    double chance = 0.02 * random.nextGaussian();
                    assertThat(search(gallery, at(0.25 + 0.03 * month + chance)))
                            .isInstanceOf(Known.class);
                    assertThat(search(gallery, other(0.25 + chance))).isInstanceOf(Known.class);
                }
                if (month < 1) {
                    assertThat(gallery.proposals()).isEmpty();
                }
                gallery.saveTrends();
            }
        }
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            assertThat(gallery.proposals()).singleElement().satisfies(proposal -> {
                assertThat(proposal.person()).isEqualTo(ANNA);
                assertThat(proposal.reason().code()).isEqualTo("template.drift");
            });
            assertThat(house.count("gallery_trend")).isEqualTo(2);
            gallery.enrol(ANNA, at(0.3), EnrolmentOptions.DEFAULT.replacing());
            assertThat(gallery.proposals()).isEmpty();
            gallery.remove(steady);
            assertThat(house.count("gallery_trend"))
                    .as("they go with the references")
                    .isZero();
        }
    }

    @Test
    @DisplayName("ATT-15 A reference that is too old is proposed for enrolment anew")
    void proposesWhatIsOld() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder)) {
            try (Gallery gallery = house.gallery(Purpose.ACCESS)) {
                gallery.enrol(ANNA, at(0));
                assertThat(gallery.proposals()).isEmpty();
            }
            house.pass(Duration.ofDays(3 * 365 + 1));
            try (Gallery gallery = house.gallery(Purpose.ACCESS)) {
                assertThat(gallery.proposals())
                        .singleElement()
                        .satisfies(
                                proposal -> assertThat(proposal.reason().code()).isEqualTo("template.old"));
            }
        }
    }

    @Test
    void keepsNoNumbersOfProbesAndNamesNobodyInTrends() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            PersonId planted = PersonId.of("planted-2203");
            gallery.enrol(planted, at(0));
            for (int i = 0; i < 200; i++) {
                search(gallery, at(0.2));
            }
            gallery.saveTrends();
            assertThat(house.count("gallery_trend")).isEqualTo(1);
            assertThat(house.filesHold("planted".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .isFalse();
            assertThat(Trend.NONE.encoded()).as("four numbers, whatever came").hasSize(29);
            house.shred(planted);
            gallery.saveTrends();
        }
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            assertThat(gallery.size()).isZero();
            assertThat(house.count("gallery_trend")).as("dead rows are deleted").isZero();
        }
    }

    private static SearchResult search(Gallery gallery, Template probe) {
        return gallery.identify(gallery.purpose(), probe, SearchOptions.DEFAULT);
    }

    /** A template so far from the first. */
    private static Template at(double distance) {
        float[] vector = new float[128];
        vector[0] = 1.4f;
        vector[1] = (float) distance;
        return Template.of(GalleryHouse.PACK.id(), vector);
    }

    private static Template other(double distance) {
        float[] vector = new float[128];
        vector[10] = 1.4f;
        vector[11] = (float) distance;
        return Template.of(GalleryHouse.PACK.id(), vector);
    }
}
