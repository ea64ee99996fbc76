package io.gatehouse.biometrics.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.gallery.Enrolment.Duplicate;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The look for the same face under another name, on photographs of people with several of them and of strangers. */
class PhotographDuplicatesTest {
    private static final int WITH_TWO = 40;
    private static final int STRANGERS = 60;

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "ATT-9 Another photograph of somebody enrolled is a duplicate that names them; other people are enrolled")
    void namesWhoIsEnrolledAlready() throws IOException {
        Map<String, Template> enrolled = new LinkedHashMap<>();
        Map<String, Template> again = new LinkedHashMap<>();
        Map<String, Template> strangers = new LinkedHashMap<>();
        look(enrolled, again, strangers);
        for (double rate : new double[] {1e-3, EnrolmentOptions.DEFAULT.duplicateFalseMatchRate()}) {
            EnrolmentOptions options = EnrolmentOptions.DEFAULT.withDuplicateFalseMatchRate(rate);
            List<String> missed = new ArrayList<>();
            List<String> mistaken = new ArrayList<>();
            Path own = Files.createDirectory(folder.resolve("rate-" + rate));
            try (GalleryHouse house = new GalleryHouse(own);
                    Gallery gallery = house.gallery(Purpose.ACCESS)) {
                enrolAll(gallery, enrolled, options, mistaken);
                for (var each : again.entrySet()) {
                    List<String> named =
                            named(gallery.enrol(PersonId.of("alias-of-" + each.getKey()), each.getValue(), options));
                    if (!named.contains(each.getKey())) {
                        missed.add(each.getKey());
                    }
                    named.stream().filter(name -> !name.equals(each.getKey())).forEach(mistaken::add);
                }
                enrolAll(gallery, strangers, options, mistaken);
            }
            System.out.println("duplicates at " + rate + ": of " + again.size() + " enrolled again under another name "
                    + missed.size() + " missed " + missed + "; " + strangers.size() + " strangers; taken for another "
                    + mistaken);
            // What the shipped network can do on press photographs: at 1e-4 it misses one person's other picture more
            // often.
            assertThat(missed).hasSizeLessThanOrEqualTo(again.size() * (rate < 1e-3 ? 20 : 10) / 100);
            assertThat(mistaken).hasSizeLessThanOrEqualTo(rate < 1e-3 ? 1 : 12);
        }
    }

    /** The people of johns and of LFW with two photographs, and of LFW with one. */
    private static void look(
            Map<String, Template> enrolled, Map<String, Template> again, Map<String, Template> strangers) {
        Map<String, List<Path>> people = new LinkedHashMap<>(FacePictures.people(FacePictures.folder("johns")));
        people.putAll(FacePictures.people(FacePictures.folder("lfw")));
        try (FaceAnalyser analyser = FacePictures.measuringAnalyser()) {
            people.forEach((person, pictures) -> {
                if (pictures.size() > 1 && enrolled.size() < WITH_TWO) {
                    enrolled.put(person, FacePictures.template(analyser, pictures.get(0)));
                    again.put(person, FacePictures.template(analyser, pictures.get(1)));
                } else if (pictures.size() == 1 && strangers.size() < STRANGERS) {
                    strangers.put(person, FacePictures.template(analyser, pictures.get(0)));
                }
            });
        }
    }

    private static void enrolAll(
            Gallery gallery, Map<String, Template> people, EnrolmentOptions options, List<String> mistaken)
            throws IOException {
        for (var each : people.entrySet()) {
            mistaken.addAll(named(gallery.enrol(PersonId.of(each.getKey()), each.getValue(), options)));
        }
    }

    /** Who else it is; nobody if it was enrolled. */
    private static List<String> named(Enrolment enrolment) {
        return enrolment instanceof Duplicate duplicate
                ? duplicate.candidates().stream()
                        .map(candidate -> candidate.person().value())
                        .toList()
                : List.of();
    }
}
