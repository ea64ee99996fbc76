package io.gatehouse.biometrics.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis.Analysed;
import io.gatehouse.biometrics.face.track.BestShot;
import io.gatehouse.biometrics.face.track.BestShotOptions;
import io.gatehouse.biometrics.face.track.BestShotResult.Chosen;
import io.gatehouse.biometrics.face.track.Shot;
import io.gatehouse.biometrics.gallery.Enrolment.Duplicate;
import io.gatehouse.biometrics.gallery.Enrolment.Enrolled;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.core.evidence.FaceEvidence;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.gate.Checkpost;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.ZoneCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates of several frames while a gallery holds two packs, on photographs and without any limit of quality. */
class BestShotMigrationTest {
    private static final BestShotOptions THREE =
            BestShotOptions.DEFAULT.withFrames(2, 3).withQuality(0, 100);
    private static final PersonId SIMM = PersonId.of("John_Simm");
    private static final PersonId SALLEY = PersonId.of("John_Salley");

    @TempDir
    Path folder;

    private FaceAnalyser before;
    private FaceAnalyser now;

    @BeforeEach
    void open() {
        FacePictures.folder("johns");
        before = FacePictures.measuringAnalyser(GalleryHouse.PACK);
        now = FacePictures.measuringAnalyser(ModelPack.loadSteady());
    }

    @AfterEach
    void close() {
        before.close();
        now.close();
    }

    @Test
    @DisplayName("ATT-10 By best shots both who is enrolled anew and who is not yet are found, and nobody else")
    void identifiesByBestShotsWithTwoPacks() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder)) {
            enrolWithTheOldPack(house);
            try (Gallery gallery = bothPacks(house)) {
                assertThat(gallery.enrol(SIMM, bestShot(now, SIMM, 0).template()))
                        .isInstanceOf(Enrolled.class);
                FaceIdentifier identifier = FaceIdentifier.createForMigration(
                                now, before, gallery, SearchOptions.DEFAULT)
                        .withBestShot(THREE);
                assertThat(answer(identifier, SIMM)).isEqualTo("John_Simm");
                assertThat(answer(identifier, SALLEY)).isEqualTo("John_Salley");
                assertThat(answer(identifier, PersonId.of("John_Shimkus"))).isEqualTo("face.no-consented-match");
                assertThat(gallery.migration().left()).containsExactly(SALLEY);
            }
        }
    }

    @Test
    @DisplayName("ATT-9 By best shots a face that is left in an older pack under another name is found")
    void findsDuplicatesByBestShotsOfBothPacks() throws IOException {
        PersonId alias = PersonId.of("alias");
        try (GalleryHouse house = new GalleryHouse(folder)) {
            enrolWithTheOldPack(house);
            try (Gallery gallery = bothPacks(house)) {
                EnrolmentOptions both = EnrolmentOptions.DEFAULT.alsoComparing(
                        bestShot(before, SALLEY, 3).template());
                assertThat(gallery.enrol(alias, bestShot(now, SALLEY, 3).template(), both))
                        .isInstanceOfSatisfying(
                                Duplicate.class,
                                duplicate -> assertThat(duplicate.candidates())
                                        .extracting(Duplicate.Candidate::person)
                                        .containsExactly(SALLEY));
                assertThat(gallery.enrol(SALLEY, bestShot(now, SALLEY, 3).template(), both))
                        .isInstanceOf(Enrolled.class);
            }
        }
    }

    @Test
    void weighsFramesByQualityThoughTheProfileAsksForNothing() {
        Chosen chosen = bestShot(now, SIMM, 0);
        assertThat(chosen.template().packId()).isEqualTo(now.packId());
        assertThat(chosen.counted()).hasSize(3).allSatisfy(counted -> {
            assertThat(counted.quality()).as("assessed by any profile").isGreaterThan(10);
            assertThat(counted.weight()).isBetween(0.1, 0.8);
        });
        assertThat(chosen.counted().stream().mapToDouble(each -> each.quality()).distinct())
                .hasSizeGreaterThan(1);
    }

    private void enrolWithTheOldPack(GalleryHouse house) throws IOException {
        try (Gallery gallery = house.gallery(Purpose.ACCESS)) {
            for (PersonId person : List.of(SIMM, SALLEY)) {
                assertThat(gallery.enrol(person, bestShot(before, person, 0).template()))
                        .isInstanceOf(Enrolled.class);
            }
        }
    }

    private static Gallery bothPacks(GalleryHouse house) throws IOException {
        return house.builder(Purpose.ACCESS, ModelPack.loadSteady())
                .alsoHolding(GalleryHouse.PACK)
                .open();
    }

    private static Chosen bestShot(FaceAnalyser analyser, PersonId person, int from) {
        BestShot best = BestShot.create(THREE, analyser.calibration());
        for (Frame frame : frames(person, from)) {
            best.offer(Shot.of(
                    frame.capturedAt(), analyser.analyseNearest(frame).fold(Analysed::first, none -> {
                        throw new AssertionError(none.reason().toString());
                    })));
        }
        return best.result().fold(chosen -> chosen, refused -> {
            throw new AssertionError(person.value() + ": " + refused.reason());
        });
    }

    private static List<Frame> frames(PersonId person, int from) {
        return FacePictures.people(FacePictures.folder("johns")).getOrDefault(person.value(), List.of()).stream()
                .skip(from)
                .limit(3)
                .map(FacePictures::frame)
                .toList();
    }

    private static String answer(FaceIdentifier identifier, PersonId person) {
        Portal door = new Portal(PortalId.of("door"), "Door", PortalKind.DOOR, ZoneCode.OUTSIDE, ZoneCode.of("hall"));
        Checkpost checkpost = new Checkpost(door, Direction.ENTRY, FacePictures.AT);
        return identifier
                .identify(new FaceEvidence(frames(person, 6)), checkpost)
                .fold(
                        known -> known.person().value(),
                        unknown -> unknown.reason().code(),
                        ambiguous -> "ambiguous " + ambiguous.candidates());
    }
}
