package io.gatehouse.biometrics.face.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis.Face;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.core.frame.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What the unified score is worth: the error-versus-discard characteristic of ISO/IEC 29794-1. Mated pairs of LFW, of
 * which one picture is spoilt in most, are compared at the distance of one false match in a hundred; those whose worse
 * picture has the lowest score are left out, and the rest must be recognised better.
 */
class QualityDiscardTest {
    private static final long SEED = 17;
    private static final int PAIRS = 120;

    @Test
    void recognisesTheRestBetterWithoutTheWorst() throws IOException {
        System.out.println("seed " + SEED);
        List<Compared> pairs = compared(FacePictures.folder("lfw"));
        double all = errors(pairs, 0);
        double tenth = errors(pairs, 0.1);
        double fifth = errors(pairs, 0.2);
        System.out.printf(
                "%d mated pairs: FNMR %.3f, %.3f without the worst tenth, %.3f without the worst fifth%n",
                pairs.size(), all, tenth, fifth);
        assertThat(pairs).hasSizeGreaterThan(PAIRS * 9 / 10);
        assertThat(all).as("some of the spoilt are not recognised").isGreaterThan(0.02);
        assertThat(tenth).isLessThanOrEqualTo(all);
        assertThat(fifth).isLessThan(0.6 * all);
    }

    private static double errors(List<Compared> pairs, double discarded) {
        List<Compared> kept = pairs.stream()
                .sorted(Comparator.comparingInt(Compared::score))
                .skip(Math.round(discarded * pairs.size()))
                .toList();
        return (double) kept.stream().filter(pair -> !pair.match()).count() / kept.size();
    }

    private static List<Compared> compared(Path folder) throws IOException {
        List<String> mated = Files.readAllLines(folder.resolve("pairs.csv")).stream()
                .filter(line -> line.startsWith("0,") && line.endsWith(",1"))
                .toList();
        Random random = new Random(SEED);
        List<Compared> pairs = new ArrayList<>();
        FaceOptions options = FaceOptions.GATE.withMinFacePixels(16).withProfile(QualityProfile.NONE);
        try (FaceAnalyser analyser = FaceAnalyser.insecureWithoutLiveness(ModelPack.loadDefault(), options)) {
            double limit = analyser.calibration().distanceAt(1e-2);
            for (int i = 0; i < PAIRS; i++) {
                String[] parts = mated.get(i * mated.size() / PAIRS).split(",", -1);
                Optional<Face> one = face(analyser, FacePictures.frame(folder.resolve(parts[1])));
                Optional<Face> other = face(analyser, spoilt(FacePictures.frame(folder.resolve(parts[2])), random));
                if (one.isPresent() && other.isPresent()) {
                    double distance = one.get()
                            .template()
                            .orElseThrow()
                            .distance(other.get().template().orElseThrow());
                    int score = Math.min(
                            one.get().quality().unified(), other.get().quality().unified());
                    pairs.add(new Compared(score, distance <= limit));
                }
            }
        }
        return pairs;
    }

    private static Frame spoilt(Frame frame, Random random) {
        return switch (random.nextInt(7)) {
            case 0, 1 -> Spoilt.blurred(frame, 5 + 2 * random.nextInt(6));
            case 2 -> Spoilt.brightened(frame, 0.03 + 0.4 * random.nextDouble(), 0);
            case 3 -> Spoilt.brightened(frame, 1.5 + 2 * random.nextDouble(), 60);
            case 4 -> Spoilt.shrunk(frame, 0.12 + 0.3 * random.nextDouble());
            default -> frame;
        };
    }

    private static Optional<Face> face(FaceAnalyser analyser, Frame frame) {
        return analyser.analyse(frame).fold(analysed -> Optional.of(analysed.first()), none -> Optional.empty());
    }

    /** One comparison: the lower of two unified scores, and whether it was a match. */
    private record Compared(int score, boolean match) {}
}
