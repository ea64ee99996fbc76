package io.gatehouse.biometrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the shipped pack and one of ArcFace style on the pictures of LFW's folds 0 and 1: the accuracy of the 1,200 pairs, and the calibration
 * of all non-mated comparisons, which it writes to {@code target/calibration-….json} in the form of a pack's descriptor.
 */
@Tag("long")
class LfwMeasurementTest {
    // Log-spaced; below ten false matches a rate says little.
    private static final double[] RATES = {
        1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 1e-1, 2e-1, 5e-1
    };

    @TempDir
    Path folder;

    @Test
    @DisplayName("ATT-10 LFW folds 0 and 1: accuracy, and the calibration of the shipped pack")
    void measuresAccuracyAndCalibration() throws IOException {
        VerificationPairs pairs = measure(ModelPack.loadDefault());
        assertThat(pairs.crossValidatedAccuracy()).isGreaterThanOrEqualTo(0.990);
        assertThat(pairs.trueAcceptRate(1e-2)).isGreaterThanOrEqualTo(0.988);
    }

    @Test
    @DisplayName("ATT-10 LFW folds 0 and 1: the same networks with a second look at landmarks")
    void measuresTheSteadyPack() throws IOException {
        VerificationPairs pairs = measure(ModelPack.loadSteady());
        assertThat(pairs.crossValidatedAccuracy()).isGreaterThanOrEqualTo(0.985);
        assertThat(pairs.trueAcceptRate(1e-2)).isGreaterThanOrEqualTo(0.988);
    }

    @Test
    @DisplayName("ATT-10 LFW folds 0 and 1: an embedder of ArcFace style")
    void measuresAnEmbedderOfArcFaceStyle() throws IOException {
        VerificationPairs pairs = measure(OptInPack.load(folder));
        assertThat(pairs.crossValidatedAccuracy()).isGreaterThanOrEqualTo(0.994);
    }

    private static VerificationPairs measure(ModelPack pack) throws IOException {
        Path lfw = FacePictures.folder("lfw");
        Map<String, List<Template>> people = new TreeMap<>();
        Map<String, Template> byPicture = new TreeMap<>();
        try (FaceAnalyser analyser = FacePictures.measuringAnalyser(pack)) {
            FacePictures.people(lfw)
                    .forEach((person, pictures) -> pictures.forEach(picture -> {
                        Template template = FacePictures.template(analyser, picture);
                        people.computeIfAbsent(person, name -> new ArrayList<>())
                                .add(template);
                        byPicture.put(lfw.relativize(picture).toString(), template);
                    }));
        }
        VerificationPairs pairs = VerificationPairs.read(lfw.resolve("pairs.csv"), byPicture);
        System.out.println("LFW folds 0-1, " + pack.id() + ": " + pairs.report());
        writeCalibration(pack.id(), nonMated(people), people.size(), byPicture.size());
        return pairs;
    }

    private static double[] nonMated(Map<String, List<Template>> people) {
        List<List<Template>> all = new ArrayList<>(people.values());
        double[] distances = new double[1 << 21];
        int count = 0;
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                for (Template one : all.get(i)) {
                    for (Template other : all.get(j)) {
                        distances[count++] = one.distance(other);
                    }
                }
            }
        }
        double[] sorted = Arrays.copyOf(distances, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static void writeCalibration(String pack, double[] sorted, int people, int pictures) throws IOException {
        List<String> rows = new ArrayList<>();
        for (double rate : RATES) {
            double distance = sorted[(int) Math.floor(rate * sorted.length)];
            rows.add(String.format(
                    Locale.ROOT, "        { \"distance\": %.4f, \"falseMatchRate\": %s }", distance, rate));
        }
        String source = String.format(
                Locale.ROOT,
                "%,d non-mated comparisons of %,d pictures of %,d people, Labeled Faces in the Wild, folds 0 and 1",
                sorted.length,
                pictures,
                people);
        String json = "      \"calibrationSource\": \"" + source + "\",\n      \"calibration\": [\n"
                + String.join(",\n", rows) + "\n      ]\n";
        System.out.println(json);
        Files.writeString(Path.of("target", "calibration-" + pack + ".json"), json);
    }
}
