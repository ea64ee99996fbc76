package io.gatehouse.biometrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecognitionTest {
    private static final int PAIRS = 160;

    @Test
    @DisplayName("ATT-10 A part of LFW's first fold: faces are told apart")
    void tellsFacesApart() throws IOException {
        VerificationPairs pairs = LfwPart.measure(ModelPack.loadDefault(), PAIRS);
        System.out.println("LFW, part of fold 0: " + pairs.size() + " pairs, accuracy " + pairs.accuracy(0.594));
        assertThat(pairs.size()).isGreaterThanOrEqualTo(PAIRS);
        assertThat(pairs.accuracy(0.594)).isGreaterThanOrEqualTo(0.98);
    }

    @Test
    @DisplayName("ATT-10 johns: there is a face in each picture, and the nearest other picture is of the same person")
    void makesNoErrorAmongFivePeople() throws IOException {
        List<String> people = new ArrayList<>();
        List<Template> templates = new ArrayList<>();
        try (FaceAnalyser analyser = FacePictures.measuringAnalyser()) {
            FacePictures.people(FacePictures.folder("johns"))
                    .forEach((person, pictures) -> pictures.forEach(picture -> {
                        people.add(person);
                        templates.add(FacePictures.template(analyser, picture));
                    }));
        }
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < templates.size(); i++) {
            int nearest = nearestOther(templates, i);
            if (!people.get(i).equals(people.get(nearest))) {
                wrong.add(people.get(i) + " is nearest to " + people.get(nearest));
            }
        }
        System.out.println("johns: " + templates.size() + " pictures, " + wrong.size() + " nearest to another person");
        assertThat(wrong).isEmpty();
    }

    private static int nearestOther(List<Template> templates, int of) {
        return IntStream.range(0, templates.size())
                .filter(other -> other != of)
                .boxed()
                .min(Comparator.comparingDouble(other -> templates.get(of).distance(templates.get(other))))
                .orElseThrow();
    }
}
