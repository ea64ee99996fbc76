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
    private final Faces faces = new Faces(SEED);

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
            Template anna = faces.any();
            assertThat(gallery.enrol(ANNA, anna)).isInstanceOf(Enrolment.Enrolled.class);
            assertThat(gallery.enrol(BOB, faces.any())).isInstanceOf(Enrolment.Enrolled.class);
            // As much as the pack's data support: one in 20,000.
            assertThat(search(gallery, faces.near(anna, 0.2))).isInstanceOfSatisfying(Known.class, known -> {
                assertThat(known.person()).isEqualTo(ANNA);
                assertThat(known.score()).isEqualTo(-10 * Math.log10(5e-5));
            });
            assertThat(search(gallery, faces.any())).isEqualTo(new Unknown(List.of()));
            assertThat(gallery.verify(Purpose.ACCESS, ANNA, faces.near(anna, 0.2), 1e-3))
                    .isInstanceOf(Known.class);
            assertThat(gallery.verify(Purpose.ACCESS, BOB, faces.near(anna, 0.2), 1e-3))
                    .isInstanceOf(Unknown.class);
        }
    }

    @Test
    void saysThatTwoPeopleAreTooNear() throws IOException {
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            Template twin = faces.any();
            gallery.enrol(ANNA, faces.near(twin, 0.2));
            gallery.enrol(BOB, faces.near(twin, 0.2), EnrolmentOptions.DEFAULT.withoutDuplicateCheck());
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
            Template anna = faces.any();
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
            Template anna = faces.any();
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
            Template anna = faces.any();
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
            Template anna = faces.any();
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
        Template anna = faces.any();
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            gallery.enrol(ANNA, anna);
        }
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            assertThat(search(gallery, faces.near(anna, 0.2))).isInstanceOf(Known.class);
        }
    }

    @Test
    @DisplayName("ATT-3 Neither the database nor the memory holds the template in clear")
    void keepsNoTemplateInClear() throws IOException {
        try (GalleryHouse house = house();
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            Template anna = faces.any();
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
            access.enrol(planted, faces.any());
            access.enrol(planted, faces.any());
            attendance.enrol(planted, faces.any());
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
            gallery.enrol(ANNA, faces.any());
            gallery.enrol(BOB, faces.any());
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
            Template anna = faces.any();
            Template bob = faces.any();
            gallery.enrol(ANNA, anna);
            gallery.enrol(BOB, bob);
            gallery.enrol(ANNA, faces.near(anna, 0.1));
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
            Template anna = faces.any();
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
            gallery.enrol(ANNA, faces.any());
            house.execute("CREATE TABLE copied AS SELECT * FROM gallery_reference");
            gallery.forget(ANNA);
            Template anew = faces.any();
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
            Template anna = faces.any();
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
            Template other = Template.of("other", faces.any().vector());
            assertThatThrownBy(() -> gallery.enrol(ANNA, other)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> search(gallery, other)).isInstanceOf(IllegalArgumentException.class);
            float[] huge = faces.any().vector();
            huge[0] = 1e9f;
            Template absurd = Template.of(gallery.packId(), huge);
            assertThatThrownBy(() -> gallery.enrol(ANNA, absurd))
                    .hasMessageContaining("no embedder gives such numbers");
            assertThat(house.rows()).isZero();
            Template probe = faces.any();
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
            Template anna = faces.any();
            gallery.enrol(ANNA, anna);
            // Near enough at FMR 1e-3, too far at the rate that ten references leave to each.
            Template probe = faces.near(
                    anna, calibration.distanceAt(oneInThousand.target().falseMatchRate(5)));
            assertThat(gallery.identify(Purpose.ACCESS, probe, oneInThousand)).isInstanceOf(Known.class);
            long most = calibration.largestGallery(1e-3);
            for (int i = gallery.size(); i < most; i++) {
                gallery.enrol(PersonId.of("p" + i), faces.any());
            }
            assertThat(gallery.identify(Purpose.ACCESS, probe, oneInThousand)).isInstanceOf(SearchResult.Unknown.class);
            assertThat(gallery.identify(Purpose.ACCESS, anna, oneInThousand)).isInstanceOf(Known.class);
            gallery.enrol(PersonId.of("one-too-many"), faces.any());
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
            Template anna = faces.any();
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
                gallery.enrol(PersonId.of("p" + i), faces.any());
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
            Template probe = faces.any();
            assertThatThrownBy(() -> search(gallery, probe)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> gallery.enrol(ANNA, probe)).isInstanceOf(IllegalStateException.class);
        }
    }

    private static SearchResult search(Gallery gallery, Template probe) {
        return gallery.identify(gallery.purpose(), probe, SearchOptions.DEFAULT);
    }
}
