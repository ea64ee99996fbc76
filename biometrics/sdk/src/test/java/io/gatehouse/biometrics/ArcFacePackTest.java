package io.gatehouse.biometrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The opt-in embedder with the shipped detector and landmarks. */
class ArcFacePackTest {
    // Between the cosines of one person's pictures and of two people's: √(2 − 2·0.4).
    private static final double BETWEEN = 1.095;

    private static final int PAIRS = 160;
    // The best one for the 1,200 pairs of both folds.
    private static final double THRESHOLD = 1.2096;

    @TempDir
    Path folder;

    @Test
    @DisplayName("ATT-10 A part of LFW's first fold: an embedder of ArcFace style tells faces apart")
    void tellsFacesOfLfwApart() throws IOException {
        VerificationPairs pairs = LfwPart.measure(OptInPack.load(folder), PAIRS);
        System.out.println("LFW, part of fold 0, ArcFace style: " + pairs.size() + " pairs, accuracy "
                + pairs.accuracy(THRESHOLD));
        assertThat(pairs.size()).isGreaterThanOrEqualTo(PAIRS);
        assertThat(pairs.accuracy(THRESHOLD)).isGreaterThanOrEqualTo(0.985);
    }

    @Test
    @DisplayName("ATT-10 Five people: every picture is nearer to its own person's than to another's")
    void tellsFivePeopleApart() throws IOException {
        Path johns = FacePictures.folder("johns");
        ModelPack pack = OptInPack.load(folder);
        assertThat(pack.id()).isEqualTo("faceplugin-feature-1+gatehouse-default-1");
        List<Template> templates = new ArrayList<>();
        List<String> people = new ArrayList<>();
        try (FaceAnalyser analyser = FacePictures.measuringAnalyser(pack)) {
            for (Map.Entry<String, List<Path>> person :
                    FacePictures.people(johns).entrySet()) {
                for (Path picture : person.getValue().subList(0, 5)) {
                    templates.add(FacePictures.template(analyser, picture));
                    people.add(person.getKey());
                }
            }
        }
        int wrong = 0;
        for (int i = 0; i < templates.size(); i++) {
            double squares = 0;
            for (float value : templates.get(i).vector()) {
                squares += (double) value * value;
            }
            assertThat(templates.get(i).dimension()).isEqualTo(512);
            assertThat(squares).as("of length 1").isCloseTo(1, within(1e-5));
            for (int j = i + 1; j < templates.size(); j++) {
                boolean same = people.get(i).equals(people.get(j));
                wrong += templates.get(i).distance(templates.get(j)) < BETWEEN == same ? 0 : 1;
            }
        }
        System.out.println("johns, ArcFace style: " + wrong + " wrong of 300 comparisons at cosine 0.4");
        assertThat(wrong).isLessThanOrEqualTo(3);
    }
}
