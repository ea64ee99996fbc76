package io.gatehouse.biometrics;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A fixed part of LFW's first fold, small enough for every build. */
final class LfwPart {
    private LfwPart() {}

    /** So many pairs with the distances of a pack; the test is skipped where the photographs are not there. */
    static VerificationPairs measure(ModelPack pack, int pairs) throws IOException {
        Path folder = FacePictures.folder("lfw");
        List<String> fold = VerificationPairs.lines(folder.resolve("pairs.csv")).stream()
                .filter(line -> line.startsWith("0,"))
                .toList();
        Map<String, Template> templates = new TreeMap<>();
        try (FaceAnalyser analyser = FacePictures.measuringAnalyser(pack)) {
            // The file lists mated and non-mated pairs in blocks: take evenly from all of the fold.
            for (int i = 0; i < pairs; i++) {
                String[] parts = fold.get(i * fold.size() / pairs).split(",", -1);
                for (String picture : List.of(parts[1], parts[2])) {
                    templates.computeIfAbsent(picture, name -> FacePictures.template(analyser, folder.resolve(name)));
                }
            }
        }
        return VerificationPairs.read(folder.resolve("pairs.csv"), templates);
    }
}
