package io.gatehouse.biometrics.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.gallery.SearchResult.Known;
import io.gatehouse.biometrics.gallery.SearchResult.Refused;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.LedgerQuery;
import io.gatehouse.core.ledger.StoreLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every search is in the ledger. */
class SearchRecordsTest {
    private static final PersonId ANNA = PersonId.of("anna");

    private final Faces faces = new Faces(31);

    @TempDir
    Path folder;

    @Test
    @DisplayName("ATT-6 Every search is recorded: for what, how strict, among whom, and what came of it")
    void recordsEverySearch() throws IOException {
        Template anna = faces.any();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            gallery.enrol(ANNA, anna, EnrolmentOptions.DEFAULT.inGroups(Set.of("lab")));
            SearchOptions options = SearchOptions.DEFAULT.by("front-desk").among(Set.of("lab"));
            gallery.identify(Purpose.ACCESS, anna, options);
            gallery.identify(Purpose.ACCESS, faces.any(), options.withCandidates(5));
            gallery.verify(Purpose.ACCESS, ANNA, faces.any(), 1e-3);
            gallery.identify(Purpose.ACCESS, anna, SearchOptions.ofFalsePositiveIdentificationRate(1e-6));
            gallery.verify(Purpose.ACCESS, PersonId.of("made-up"), anna, 1e-3);
            List<LedgerEvent> events = house.recorded(Gallery.SEARCHED);
            assertThat(events).hasSize(5);
            assertThat(events.get(4).person())
                    .as("who claims a name at random makes no key for it")
                    .isEmpty();
            LedgerEvent found = events.get(0);
            assertThat(found.person()).contains(ANNA);
            assertThat(found.personalFacts()).containsKeys("score", "margin", "extrapolated");
            assertThat(found.facts())
                    .containsEntry("gallery", "access")
                    .containsEntry("asked", "access")
                    .containsEntry("kind", "identify")
                    .containsEntry("outcome", "known")
                    .containsEntry("caller", "front-desk")
                    .containsEntry("groups", "lab")
                    .containsEntry("references", "1")
                    .containsEntry("rate", "FMR 1.0E-4")
                    .containsEntry("false-match-rate", "1.0E-4")
                    .containsEntry("pack", gallery.packId());
            assertThat(events.get(1).person()).isEmpty();
            assertThat(events.get(1).facts())
                    .containsEntry("outcome", "unknown")
                    .containsEntry("listed", "1");
            assertThat(events.get(2).person()).as("whom it was compared with").contains(ANNA);
            assertThat(events.get(2).facts()).containsEntry("kind", "verify").containsEntry("outcome", "unknown");
            assertThat(events.get(3).facts())
                    .containsEntry("outcome", "refused")
                    .containsEntry("reason", "gallery.rate-not-supported");
        }
    }

    @Test
    @DisplayName("ATT-3 ATT-6 A ledger has the searches after a restart, found by person, and nobody's name in clear")
    void isFoundInTheLedgerAfterARestart() throws IOException {
        PersonId planted = PersonId.of("planted-4711");
        Template face = faces.any();
        try (GalleryHouse house = new GalleryHouse(folder)) {
            try (StoreLedger ledger = house.realLedger();
                    Gallery gallery =
                            house.withoutLedger(Purpose.ACCESS).ledger(ledger).open()) {
                gallery.enrol(planted, face);
                for (int i = 0; i < 50; i++) {
                    gallery.identifyAll(Purpose.ACCESS, List.of(face, faces.any()), SearchOptions.DEFAULT);
                }
            }
            try (StoreLedger ledger = house.realLedger()) {
                assertThat(ledger.size()).isEqualTo(100);
                LedgerQuery of = LedgerQuery.builder()
                        .person(planted)
                        .kind(Gallery.SEARCHED)
                        .build();
                assertThat(ledger.search(of, Optional.empty()).entries())
                        .hasSize(50)
                        .allSatisfy(entry ->
                                assertThat(entry.event().personalFacts()).containsKey("score"));
            }
            assertThat(house.filesHold("planted".getBytes(StandardCharsets.UTF_8)))
                    .isFalse();
        }
    }

    @Test
    @DisplayName("ATT-3 No record has a number of a template")
    void recordsNoTemplate() throws IOException {
        Template anna = faces.any();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            gallery.enrol(ANNA, anna);
            gallery.identify(Purpose.ACCESS, anna, SearchOptions.DEFAULT.withCandidates(3));
            for (LedgerEvent event : house.recorded) {
                String all = event.facts().toString() + event.personalFacts();
                for (float number : anna.vector()) {
                    assertThat(all).doesNotContain(Float.toString(number));
                }
            }
        }
    }

    @Test
    void answersWithoutTheLedgerAndCountsWhatItLost() throws IOException {
        Template anna = faces.any();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS)) {
            gallery.enrol(ANNA, anna);
            house.ledgerFails = true;
            assertThat(gallery.identify(Purpose.ACCESS, anna, SearchOptions.DEFAULT))
                    .isInstanceOf(Known.class);
            assertThat(gallery.unrecorded()).isEqualTo(1);
            house.ledgerFails = false;
            gallery.identify(Purpose.ACCESS, anna, SearchOptions.DEFAULT);
            assertThat(gallery.unrecorded()).isEqualTo(1);
            assertThat(house.recorded(Gallery.SEARCHED)).hasSize(1);
        }
    }

    @Test
    @DisplayName("ATT-6 Where it is asked for, nobody is told an answer that is not in the ledger")
    void tellsNothingThatIsNotRecorded() throws IOException {
        Template anna = faces.any();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.builder(Purpose.ACCESS, GalleryHouse.PACK)
                        .recording(RecordOptions.DURABLE)
                        .open()) {
            gallery.enrol(ANNA, anna);
            house.ledgerFails = true;
            for (SearchResult result :
                    gallery.identifyAll(Purpose.ACCESS, List.of(anna, faces.any()), SearchOptions.DEFAULT)) {
                assertThat(result)
                        .isInstanceOfSatisfying(
                                Refused.class,
                                refused -> assertThat(refused.reason().code()).isEqualTo("gallery.not-recorded"));
            }
            house.ledgerFails = false;
            assertThat(gallery.identify(Purpose.ACCESS, anna, SearchOptions.DEFAULT))
                    .isInstanceOf(Known.class);
            assertThat(gallery.unrecorded()).isEqualTo(2);
        }
    }

    @Test
    @Timeout(60)
    void anAnswerThatMustBeRecordedWaitsForTheLedger() throws Exception {
        Template anna = faces.any();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.builder(Purpose.ACCESS, GalleryHouse.PACK)
                        .recording(RecordOptions.DURABLE)
                        .open()) {
            gallery.enrol(ANNA, anna);
            house.holdLedger();
            FutureTask<SearchResult> search =
                    new FutureTask<>(() -> gallery.identify(Purpose.ACCESS, anna, SearchOptions.DEFAULT));
            waits(search);
            assertThat(search.isDone()).isFalse();
            house.releaseLedger();
            assertThat(search.get()).isInstanceOf(Known.class);
        }
    }

    @Test
    @Timeout(60)
    void searchesWaitWhileTheLedgerCannotKeepUp() throws Exception {
        Template anna = faces.any();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.builder(Purpose.ACCESS, GalleryHouse.PACK)
                        .recording(RecordOptions.QUEUED.withMostUnderway(2))
                        .open()) {
            gallery.enrol(ANNA, anna);
            house.holdLedger();
            for (int i = 0; i < 2; i++) {
                assertThat(gallery.identify(Purpose.ACCESS, anna, SearchOptions.DEFAULT))
                        .as("answers do not wait for the ledger")
                        .isInstanceOf(Known.class);
            }
            FutureTask<SearchResult> third =
                    new FutureTask<>(() -> gallery.identify(Purpose.ACCESS, anna, SearchOptions.DEFAULT));
            waits(third);
            assertThat(third.isDone()).isFalse();
            house.releaseLedger();
            assertThat(third.get()).isInstanceOf(Known.class);
            assertThat(house.recorded(Gallery.SEARCHED)).hasSize(3);
        }
    }

    private static void waits(FutureTask<SearchResult> search) {
        Thread thread = new Thread(search);
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void refusesToPromiseRecordsWithoutALedger() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder)) {
            GalleryBuilder builder = house.withoutLedger(Purpose.ACCESS).recording(RecordOptions.DURABLE);
            assertThatThrownBy(builder::open)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has no ledger");
            assertThatThrownBy(() -> RecordOptions.QUEUED.withMostUnderway(0))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
