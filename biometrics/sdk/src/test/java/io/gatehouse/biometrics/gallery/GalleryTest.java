package io.gatehouse.biometrics.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.gallery.SearchResult.Ambiguous;
import io.gatehouse.biometrics.gallery.SearchResult.Known;
import io.gatehouse.biometrics.gallery.SearchResult.Refused;
import io.gatehouse.biometrics.gallery.SearchResult.Unknown;
import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.vault.ShredCertificate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class GalleryTest {
    private static final long SEED = 5;
    private static final PersonId ANNA = PersonId.of("anna");
    private static final PersonId BOB = PersonId.of("bob");
    private final Random random = new Random(SEED);

    @TempDir
    Path folder;

    /** The same house each time. */
    GalleryHouse house() throws IOException {
        return new GalleryHouse(folder);
    }

    @Test
    @DisplayName("ATT-9 ATT-10 Who was enrolled is found, others are not")
    void findsWhoWasEnrolled() throws IOException {
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            Template anna = template();
            assertThat(gallery.enrol(ANNA, anna)).isInstanceOf(Enrolment.Enrolled.class);
            assertThat(gallery.enrol(BOB, template())).isInstanceOf(Enrolment.Enrolled.class);
            // As much as the pack's data support: one in 20,000.
            assertThat(search(gallery, near(anna, 0.2))).isInstanceOfSatisfying(Known.class, known -> {
                assertThat(known.person()).isEqualTo(ANNA);
                assertThat(known.score()).isEqualTo(-10 * Math.log10(5e-5));
            });
            assertThat(search(gallery, template())).isEqualTo(new Unknown(List.of()));
            assertThat(gallery.verify(Purpose.ACCESS, ANNA, near(anna, 0.2), 1e-3))
                    .isInstanceOf(Known.class);
            assertThat(gallery.verify(Purpose.ACCESS, BOB, near(anna, 0.2), 1e-3))
                    .isInstanceOf(Unknown.class);
        }
    }

    @Test
    void saysThatTwoPeopleAreTooNear() throws IOException {
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            Template twin = template();
            gallery.enrol(ANNA, near(twin, 0.2));
            gallery.enrol(BOB, near(twin, 0.2), EnrolmentOptions.DEFAULT.withoutDuplicateCheck());
            assertThat(search(gallery, twin))
                    .isInstanceOfSatisfying(
                            Ambiguous.class,
                            result -> assertThat(result.people()).containsExactlyInAnyOrder(ANNA, BOB));
        }
    }

    @Test
    @DisplayName("ATT-9 Nobody is enrolled without a lawful basis, and nothing is kept")
    void enrolsNobodyWithoutLawfulBasis() throws IOException {
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            house.withdraw(ANNA);
            Template anna = template();
            assertThat(gallery.enrol(ANNA, anna))
                    .isInstanceOfSatisfying(
                            Enrolment.Refused.class,
                            refused -> assertThat(refused.reason().code()).isEqualTo("consent.withdrawn"));
            assertThat(gallery.size()).isZero();
            assertThat(house.rows()).isZero();
        }
    }

    @Test
    @DisplayName("ATT-6 A search for another purpose is refused and recorded")
    void refusesAndRecordsAnotherPurpose() throws IOException {
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ATTENDANCE)) {
            Template anna = template();
            gallery.enrol(ANNA, anna);
            SearchResult searched = gallery.identify(Purpose.of("surveillance"), anna, SearchOptions.DEFAULT);
            SearchResult verified = gallery.verify(Purpose.ACCESS, ANNA, anna, 1e-3);
            for (SearchResult result : List.of(searched, verified)) {
                assertThat(result)
                        .isInstanceOfSatisfying(
                                Refused.class,
                                refused -> assertThat(refused.reason().code()).isEqualTo("gallery.other-purpose"));
            }
            assertThat(house.recorded).hasSize(2);
            assertThat(house.recorded.get(0).kind()).isEqualTo(Gallery.SEARCH_REFUSED);
            assertThat(house.recorded.get(0).facts()).containsEntry("asked", "surveillance");
        }
    }

    @Test
    @DisplayName("ATT-6 A search for another purpose stays refused when it cannot be recorded")
    void refusesAnotherPurposeWithoutLedgerToo() throws IOException {
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ATTENDANCE)) {
            house.ledgerFails = true;
            Template anna = template();
            gallery.enrol(ANNA, anna);
            assertThat(gallery.identify(Purpose.ACCESS, anna, SearchOptions.DEFAULT))
                    .isInstanceOf(Refused.class);
            assertThat(house.recorded).isEmpty();
        }
    }

    @Test
    @DisplayName("ATT-6 Galleries for two purposes do not see each other's people")
    void keepsPurposesApart() throws IOException {
        try (GalleryHouse house = house();
                Gallery access = house.gallery(Purpose.ACCESS);
                Gallery attendance = house.gallery(Purpose.ATTENDANCE)) {
            Template anna = template();
            access.enrol(ANNA, anna);
            assertThat(attendance.identify(Purpose.ATTENDANCE, anna, SearchOptions.DEFAULT))
                    .isInstanceOf(Unknown.class);
            house.execute("UPDATE gallery_reference SET purpose = 'attendance'");
            assertThatThrownBy(() -> house.gallery(Purpose.ATTENDANCE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another purpose");
        }
    }

    @Test
    void isThereAfterARestart() throws IOException {
        Template anna = template();
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            gallery.enrol(ANNA, anna);
        }
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            assertThat(search(gallery, near(anna, 0.2))).isInstanceOf(Known.class);
        }
    }

    @Test
    @DisplayName("ATT-3 Neither the database nor the memory holds the template in clear")
    void keepsNoTemplateInClear() throws IOException {
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            Template anna = template();
            gallery.enrol(ANNA, anna);
            byte[] number = ByteBuffer.allocate(8)
                    .putFloat(anna.vector()[0])
                    .putFloat(anna.vector()[1])
                    .array();
            assertThat(house.filesHold(number)).isFalse();
            String sealed = house.column("sealed").get(0);
            assertThat(sealed).doesNotContain(new String(number, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void rowsNameNobodyAndDifferBetweenPurposes() throws IOException {
        try (GalleryHouse house = house();
                Gallery access = house.gallery(Purpose.ACCESS);
                Gallery attendance = house.gallery(Purpose.ATTENDANCE)) {
            PersonId planted = PersonId.of("planted-1017");
            access.enrol(planted, template());
            access.enrol(planted, template());
            attendance.enrol(planted, template());
            for (String column : List.of("id", "person", "sealed_person", "sealed")) {
                assertThat(house.column(column)).hasSize(3).noneMatch(value -> value.contains("planted"));
            }
            assertThat(new HashSet<>(house.column("person"))).hasSize(2);
            assertThat(house.filesHold("planted".getBytes(StandardCharsets.UTF_8)))
                    .isFalse();
        }
    }

    @Test
    void removesTheRowsOfWhoWasShreddedElsewhere() throws IOException {
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            gallery.enrol(ANNA, template());
            gallery.enrol(BOB, template());
            house.shred(ANNA);
            assertThat(gallery.remove(ANNA)).isTrue();
            assertThat(house.rows()).isEqualTo(1);
            assertThat(gallery.remove(PersonId.of("never-here"))).isFalse();
            assertThat(house.rows()).isEqualTo(1);
        }
    }

    @Test
    void findsNobodyWhoWasRemoved() throws IOException {
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            Template anna = template();
            Template bob = template();
            gallery.enrol(ANNA, anna);
            gallery.enrol(BOB, bob);
            gallery.enrol(ANNA, near(anna, 0.1));
            assertThat(gallery.remove(ANNA)).isTrue();
            assertThat(gallery.remove(ANNA)).isFalse();
            assertThat(search(gallery, anna)).isInstanceOf(Unknown.class);
            assertThat(search(gallery, bob)).isInstanceOf(Known.class);
            assertThat(gallery.size()).isEqualTo(1);
            assertThat(house.rows()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("ATT-9 Who withdraws is found no more at once; after shredding a copy of the row is worthless too")
    void forgetsWhoWithdraws() throws IOException {
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            Template anna = template();
            gallery.enrol(ANNA, anna);
            house.execute("CREATE TABLE copied AS SELECT * FROM gallery_reference");
            house.withdraw(ANNA);
            assertThat(search(gallery, anna)).isInstanceOf(Unknown.class);
            assertThat(gallery.forget(ANNA).keyFingerprint()).isNotEmpty();
            house.consent(ANNA);
            house.execute("INSERT INTO gallery_reference SELECT * FROM copied");
            try (Gallery reopened = house.gallery(Purpose.ACCESS)) {
                assertThat(search(reopened, anna)).isInstanceOf(Unknown.class);
                assertThat(house.rows()).as("dead rows are deleted").isZero();
                assertThat(reopened.enrol(ANNA, anna)).isInstanceOf(Enrolment.Enrolled.class);
                assertThat(search(reopened, anna)).isInstanceOf(Known.class);
            }
        }
    }

    @Test
    void keepsWhoEnrolledAnewBesideRowsThatAShreddingLeft() throws IOException {
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            gallery.enrol(ANNA, template());
            house.execute("CREATE TABLE copied AS SELECT * FROM gallery_reference");
            gallery.forget(ANNA);
            Template anew = template();
            gallery.enrol(ANNA, anew);
            house.execute("INSERT INTO gallery_reference SELECT * FROM copied");
            for (int start = 0; start < 2; start++) {
                try (Gallery reopened = house.gallery(Purpose.ACCESS)) {
                    assertThat(search(reopened, anew)).isInstanceOf(Known.class);
                    assertThat(house.rows()).as("the dead row is deleted").isEqualTo(1);
                }
            }
        }
    }

    @Test
    @Timeout(60)
    void keepsNothingOfAnEnrolmentThatAWithdrawalOvertakes() throws Exception {
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            Template anna = template();
            FutureTask<ShredCertificate> withdrawal = new FutureTask<>(() -> {
                house.withdraw(ANNA);
                return gallery.forget(ANNA);
            });
            Thread withdrawing = new Thread(withdrawal);
            // It comes after the answer that there is a basis and goes as far as it can before the insertion.
            house.onceAnswered(() -> {
                withdrawing.start();
                while (withdrawing.getState() != Thread.State.WAITING
                        && withdrawing.getState() != Thread.State.TERMINATED) {
                    Thread.onSpinWait();
                }
            });
            gallery.enrol(ANNA, anna);
            withdrawal.get();
            house.consent(ANNA);
            assertThat(search(gallery, anna)).isInstanceOf(Unknown.class);
            assertThat(house.rows()).isZero();
        }
    }

    @Test
    void refusesTemplatesOfAnotherPackAndRatesNotMeasured() throws IOException {
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            Template other = Template.of("other", template().vector());
            assertThatThrownBy(() -> gallery.enrol(ANNA, other)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> search(gallery, other)).isInstanceOf(IllegalArgumentException.class);
            float[] huge = template().vector();
            huge[0] = 1e9f;
            Template absurd = Template.of(gallery.packId(), huge);
            assertThatThrownBy(() -> gallery.enrol(ANNA, absurd))
                    .hasMessageContaining("no embedder gives such numbers");
            assertThat(house.rows()).isZero();
            Template probe = template();
            assertThatThrownBy(() ->
                            gallery.identify(Purpose.ACCESS, probe, SearchOptions.DEFAULT.withFalseMatchRate(1e-9)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("outside what was measured");
        }
    }

    @Test
    void asksMoreOfEachComparisonAsTheGalleryGrowsAndThenRefuses() throws IOException {
        SearchOptions oneInThousand = SearchOptions.ofFalsePositiveIdentificationRate(1e-3);
        Calibration calibration = GalleryHouse.PACK.requireEmbedder().calibration();
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            Template anna = template();
            gallery.enrol(ANNA, anna);
            // Near enough at FMR 1e-3, too far at the rate that ten references leave to each.
            Template probe =
                    near(anna, calibration.distanceAt(oneInThousand.target().falseMatchRate(5)));
            assertThat(gallery.identify(Purpose.ACCESS, probe, oneInThousand)).isInstanceOf(Known.class);
            long most = calibration.largestGallery(1e-3);
            for (int i = gallery.size(); i < most; i++) {
                gallery.enrol(PersonId.of("p" + i), template());
            }
            assertThat(gallery.identify(Purpose.ACCESS, probe, oneInThousand)).isInstanceOf(SearchResult.Unknown.class);
            assertThat(gallery.identify(Purpose.ACCESS, anna, oneInThousand)).isInstanceOf(Known.class);
            gallery.enrol(PersonId.of("one-too-many"), template());
            assertThat(gallery.identify(Purpose.ACCESS, anna, oneInThousand))
                    .isInstanceOfSatisfying(
                            SearchResult.Refused.class,
                            refused -> assertThat(refused.reason()).satisfies(reason -> {
                                assertThat(reason.code()).isEqualTo("gallery.rate-not-supported");
                                assertThat(reason.text()).contains("supports " + most + " references");
                            }));
        }
    }

    @Test
    void answersEverySearchWhilePeopleComeAndGo() throws Exception {
        System.out.println("seed " + SEED);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            Template anna = template();
            gallery.enrol(ANNA, anna);
            List<Future<Integer>> searches = new ArrayList<>();
            for (int thread = 0; thread < 3; thread++) {
                searches.add(threads.submit(() -> {
                    int found = 0;
                    for (int i = 0; i < 2_000; i++) {
                        found += search(gallery, anna) instanceof Known ? 1 : 0;
                    }
                    return found;
                }));
            }
            for (int i = 0; i < 30; i++) {
                gallery.enrol(PersonId.of("p" + i), template());
                gallery.remove(PersonId.of("p" + i / 2));
            }
            for (Future<Integer> search : searches) {
                assertThat(search.get()).isEqualTo(2_000);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void isClosedWhenClosed() throws IOException {
        try (GalleryHouse house = house()) {
            Gallery gallery = house.gallery(Purpose.ACCESS);
            gallery.close();
            Template probe = template();
            assertThatThrownBy(() -> search(gallery, probe)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> gallery.enrol(ANNA, probe)).isInstanceOf(IllegalStateException.class);
        }
    }

    private static SearchResult search(Gallery gallery, Template probe) {
        return gallery.identify(gallery.purpose(), probe, SearchOptions.DEFAULT);
    }

    private Template template() {
        return scaled(new float[128], 1.4);
    }

    /** A template at a distance from another. */
    private Template near(Template template, double distance) {
        return scaled(template.vector(), distance);
    }

    private Template scaled(float[] from, double length) {
        double[] direction = random.doubles(128, -1, 1).toArray();
        double norm = 0;
        for (double part : direction) {
            norm += part * part;
        }
        for (int i = 0; i < from.length; i++) {
            from[i] += (float) (length * direction[i] / Math.sqrt(norm));
        }
        return Template.of(GalleryHouse.PACK.id(), from);
    }
}
