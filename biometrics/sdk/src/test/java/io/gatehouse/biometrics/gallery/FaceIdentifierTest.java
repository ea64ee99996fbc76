package io.gatehouse.biometrics.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.biometrics.face.quality.QualityProfile;
import io.gatehouse.biometrics.face.track.BestShotOptions;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.core.evidence.FaceEvidence;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.gate.Checkpost;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.ZoneCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaceIdentifierTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "ATT-9 ATT-10 Five people, one picture enrolled of each: nobody is taken for another, all are recognised")
    void recognisesFivePeople() throws IOException {
        Map<String, List<Path>> people = FacePictures.people(FacePictures.folder("johns"));
        Map<String, Integer> right = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS);
                FaceAnalyser analyser = FaceAnalyser.insecureWithoutLiveness(GalleryHouse.PACK, FaceOptions.GATE)) {
            for (var person : people.entrySet()) {
                enrol(gallery, analyser, person.getKey(), person.getValue().get(0));
            }
            FaceIdentifier identifier = FaceIdentifier.create(analyser, gallery, SearchOptions.DEFAULT);
            for (var person : people.entrySet()) {
                for (Path picture :
                        person.getValue().subList(1, person.getValue().size())) {
                    String answer = answer(identify(identifier, FacePictures.frame(picture)));
                    if (answer.equals(person.getKey())) {
                        right.merge(answer, 1, Integer::sum);
                    } else if (answer.startsWith("face.") || answer.startsWith("ambiguous")) {
                        refused.add(person.getKey() + " " + answer);
                    } else {
                        wrong.add(person.getKey() + " taken for " + answer);
                    }
                }
            }
        }
        System.out.println("johns at FMR 1e-4: right " + right + ", wrong " + wrong + ", refused " + refused);
        assertThat(wrong).isEmpty();
        assertThat(right.keySet()).isEqualTo(people.keySet());
        assertThat(right.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(40);
    }

    @Test
    @DisplayName("ATT-14 REG-7 A picture of the enrolled person is refused as an attack")
    void refusesAnAttackByAnEnrolledFace() throws IOException {
        Path spoof = FacePictures.folder("spoof");
        FaceOptions options = FaceOptions.GATE.withProfile(QualityProfile.NONE);
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS);
                FaceAnalyser unguarded = FaceAnalyser.insecureWithoutLiveness(GalleryHouse.PACK, options);
                FaceAnalyser analyser = FaceAnalyser.open(GalleryHouse.PACK, ModelPack.loadLiveness(), options)) {
            Path fake = spoof.resolve("image_F1.jpg");
            enrol(gallery, unguarded, "victim", fake);
            FaceIdentifier guarded = FaceIdentifier.create(analyser, gallery, SearchOptions.DEFAULT);
            FaceIdentifier naive = FaceIdentifier.create(unguarded, gallery, SearchOptions.DEFAULT);
            assertThat(answer(identify(naive, FacePictures.frame(fake)))).isEqualTo("victim");
            assertThat(answer(identify(guarded, FacePictures.frame(fake)))).isEqualTo("face.attack");
        }
    }

    @Test
    @DisplayName("ATT-6 ATT-10 Stranger, withdrawn and forgotten get the same answer: no consented match")
    void saysTheSameToStrangersAndToThoseWhoWithdrew() throws IOException {
        Path enrolled = firstPicture("John_Simm");
        Path stranger = firstPicture("John_Salley");
        PersonId simm = PersonId.of("John_Simm");
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS);
                FaceAnalyser analyser = FacePictures.measuringAnalyser()) {
            enrol(gallery, analyser, "John_Simm", enrolled);
            FaceIdentifier identifier = FaceIdentifier.create(analyser, gallery, SearchOptions.DEFAULT);
            Frame probe = FacePictures.frame(enrolled);
            assertThat(answer(identify(identifier, probe))).isEqualTo("John_Simm");
            assertThat(answer(identify(identifier, FacePictures.frame(stranger))))
                    .isEqualTo("face.no-consented-match");
            house.withdraw(simm);
            assertThat(answer(identify(identifier, probe))).isEqualTo("face.no-consented-match");
            gallery.forget(simm);
            assertThat(answer(identify(identifier, probe))).isEqualTo("face.no-consented-match");
        }
    }

    @Test
    void looksAtOlderFramesWhenTheNewestShowsNoFace() throws IOException {
        Path picture = firstPicture("John_Simm");
        Frame face = FacePictures.frame(picture);
        Frame empty = Frame.ofBgr(320, 240, new byte[320 * 240 * 3], FacePictures.AT, "empty");
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS);
                FaceAnalyser analyser = FacePictures.measuringAnalyser()) {
            enrol(gallery, analyser, "John_Simm", picture);
            FaceIdentifier identifier = FaceIdentifier.create(analyser, gallery, SearchOptions.DEFAULT);
            assertThat(answer(identifier.identify(new FaceEvidence(List.of(face, empty)), checkpost())))
                    .isEqualTo("John_Simm");
            assertThat(answer(identify(identifier, empty))).isEqualTo("face.none");
        }
    }

    @Test
    @DisplayName("ATT-10 ATT-14 The frames of one passage are joined, and refused if they show two people")
    void joinsTheFramesOfOnePassage() throws IOException {
        List<Path> simm = FacePictures.people(FacePictures.folder("johns")).getOrDefault("John_Simm", List.of());
        Frame stranger = FacePictures.frame(firstPicture("John_Salley"));
        Frame empty = Frame.ofBgr(320, 240, new byte[320 * 240 * 3], FacePictures.AT, "empty");
        List<Frame> frames =
                simm.subList(1, 4).stream().map(FacePictures::frame).toList();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS);
                FaceAnalyser analyser = FacePictures.measuringAnalyser()) {
            enrol(gallery, analyser, "John_Simm", simm.get(0));
            FaceIdentifier identifier = FaceIdentifier.create(analyser, gallery, SearchOptions.DEFAULT)
                    .withBestShot(BestShotOptions.DEFAULT.withFrames(2, 3).withQuality(0, 100));
            assertThat(answer(identifier.identify(new FaceEvidence(frames), checkpost())))
                    .isEqualTo("John_Simm");
            assertThat(answer(identifier.identify(
                            new FaceEvidence(List.of(frames.get(0), stranger, frames.get(1))), checkpost())))
                    .isEqualTo("face.track.inconsistent");
            assertThat(answer(identifier.identify(new FaceEvidence(List.of(frames.get(0), empty)), checkpost())))
                    .isEqualTo("face.track.too-few");
            assertThat(answer(identifier.identify(new FaceEvidence(List.of(empty, empty)), checkpost())))
                    .isEqualTo("face.none");
            assertThat(answer(identify(identifier, frames.get(0)))).isEqualTo("John_Simm");
            assertThatThrownBy(() -> identifier.withBestShot(BestShotOptions.DEFAULT.withSameFaceRate(1e-9)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void findsWhoIsNotYetEnrolledAnewWithTheOlderPack() throws IOException {
        ModelPack steady = ModelPack.loadSteady();
        Path simm = firstPicture("John_Simm");
        Path salley = firstPicture("John_Salley");
        GalleryHouse house = new GalleryHouse(folder);
        FaceAnalyser before = FacePictures.measuringAnalyser();
        FaceAnalyser now = FacePictures.measuringAnalyser(steady);
        Gallery old = house.gallery(Purpose.ACCESS);
        enrol(old, before, "John_Simm", simm);
        enrol(old, before, "John_Salley", salley);
        old.close();
        Gallery gallery = house.builder(Purpose.ACCESS, steady)
                .alsoHolding(GalleryHouse.PACK)
                .open();
        enrol(gallery, now, "John_Simm", simm);
        FaceIdentifier alone = FaceIdentifier.create(now, gallery, SearchOptions.DEFAULT);
        FaceIdentifier both = FaceIdentifier.createForMigration(now, before, gallery, SearchOptions.DEFAULT);
        assertThat(answer(identify(both, FacePictures.frame(simm)))).isEqualTo("John_Simm");
        assertThat(answer(identify(both, FacePictures.frame(salley)))).isEqualTo("John_Salley");
        assertThat(answer(identify(alone, FacePictures.frame(salley)))).isEqualTo("face.no-consented-match");
        assertThat(answer(identify(both, FacePictures.frame(firstPicture("John_Shimkus")))))
                .isEqualTo("face.no-consented-match");
        enrol(gallery, now, "John_Salley", salley);
        gallery.dropOlderPacks();
        assertThat(answer(identify(both, FacePictures.frame(salley)))).isEqualTo("John_Salley");
        gallery.close();
        now.close();
        before.close();
        house.close();
    }

    @Test
    @DisplayName("ATT-9 The picture is not kept: neither its file nor its pixels are in the database")
    void keepsNoPicture() throws IOException {
        Path picture = firstPicture("John_Simm");
        byte[] file = java.nio.file.Files.readAllBytes(picture);
        Frame frame = FacePictures.frame(picture);
        byte[] pixels = frame.toBgr();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS);
                FaceAnalyser analyser = FacePictures.measuringAnalyser()) {
            enrol(gallery, analyser, "John_Simm", picture);
            // A run of bytes from the middle: wherever the picture were kept, they would be there.
            for (byte[] source : List.of(file, pixels)) {
                byte[] part = java.util.Arrays.copyOfRange(source, source.length / 2, source.length / 2 + 64);
                assertThat(house.filesHold(part)).isFalse();
            }
            assertThat(house.bytes("sealed").get(0)).hasSizeLessThan(1_000);
        }
    }

    @Test
    void refusesARateThatWasNotMeasuredWhenItIsSetUp() throws IOException {
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS);
                FaceAnalyser analyser = FacePictures.measuringAnalyser()) {
            SearchOptions tooStrict = SearchOptions.DEFAULT.withFalseMatchRate(1e-8);
            assertThatThrownBy(() -> FaceIdentifier.create(analyser, gallery, tooStrict))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("ATT-10 A gate is told no score beyond what was measured, which an identity could not mark")
    void tellsAGateNoExtrapolatedScore() throws IOException {
        Path picture = firstPicture("John_Simm");
        SearchOptions strict =
                SearchOptions.ofFalsePositiveIdentificationRate(1e-6).extrapolating();
        try (GalleryHouse house = new GalleryHouse(folder);
                Gallery gallery = house.gallery(Purpose.ACCESS);
                FaceAnalyser analyser = FacePictures.measuringAnalyser()) {
            enrol(gallery, analyser, "John_Simm", picture);
            double most = analyser.calibration().scoreAt(0);
            assertThat(gallery.identify(Purpose.ACCESS, FacePictures.template(analyser, picture), strict))
                    .isInstanceOfSatisfying(SearchResult.Known.class, known -> {
                        assertThat(known.extrapolated()).isTrue();
                        assertThat(known.score()).isGreaterThan(most);
                    });
            FaceIdentifier identifier = FaceIdentifier.create(analyser, gallery, strict);
            assertThat(identify(identifier, FacePictures.frame(picture)))
                    .isInstanceOfSatisfying(
                            Identity.Known.class,
                            known -> assertThat(known.score()).isEqualTo(most));
            assertThat(house.recorded(Gallery.SEARCHED))
                    .last()
                    .satisfies(event ->
                            assertThat(event.facts()).as("who searched").containsEntry("caller", "door"));
        }
    }

    private static Path firstPicture(String person) {
        return FacePictures.people(FacePictures.folder("johns"))
                .getOrDefault(person, List.of())
                .get(0);
    }

    private static void enrol(Gallery gallery, FaceAnalyser analyser, String person, Path picture) throws IOException {
        assertThat(gallery.enrol(PersonId.of(person), FacePictures.template(analyser, picture)))
                .isInstanceOf(Enrolment.Enrolled.class);
    }

    private static Identity identify(FaceIdentifier identifier, Frame frame) {
        return identifier.identify(FaceEvidence.of(frame), checkpost());
    }

    private static String answer(Identity identity) {
        return identity.fold(
                known -> known.person().value(),
                unknown -> unknown.reason().code(),
                ambiguous -> "ambiguous " + ambiguous.candidates());
    }

    private static Checkpost checkpost() {
        Portal door = new Portal(PortalId.of("door"), "Door", PortalKind.DOOR, ZoneCode.OUTSIDE, ZoneCode.of("hall"));
        return new Checkpost(door, Direction.ENTRY, FacePictures.AT);
    }
}
