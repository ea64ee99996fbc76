package io.gatehouse.biometrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.model.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecognitionTest {
    private static final int PAIRS = 160;

    @Test
    @DisplayName("ATT-10 A part of LFW's first fold: faces are told apart")
    void tellsFacesApart() throws IOException {
        Path folder = FacePictures.folder("lfw");
        List<String> lines = VerificationPairs.lines(folder.resolve("pairs.csv"));
        Map<String, Template> templates = new TreeMap<>();
        try (FaceAnalyser analyser = FacePictures.measuringAnalyser()) {
            // The file lists mated and non-mated pairs in blocks: take evenly from all of fold 0.
            List<String> fold =
                    lines.stream().filter(line -> line.startsWith("0,")).toList();
            for (int i = 0; i < PAIRS; i++) {
                String[] parts = fold.get(i * fold.size() / PAIRS).split(",", -1);
                for (String picture : List.of(parts[1], parts[2])) {
                    templates.computeIfAbsent(picture, name -> FacePictures.template(analyser, folder.resolve(name)));
                }
            }
        }
        VerificationPairs pairs = VerificationPairs.read(folder.resolve("pairs.csv"), templates);
        System.out.println("LFW, part of fold 0: " + pairs.size() + " pairs, accuracy " + pairs.accuracy(0.594));
        assertThat(pairs.size()).isGreaterThanOrEqualTo(PAIRS);
        assertThat(pairs.accuracy(0.594)).isGreaterThanOrEqualTo(0.98);
    }
}
