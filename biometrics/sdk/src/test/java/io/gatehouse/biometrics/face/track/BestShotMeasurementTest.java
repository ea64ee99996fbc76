package io.gatehouse.biometrics.face.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis;
import io.gatehouse.biometrics.face.track.BestShotResult.Chosen;
import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.frame.Frame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether the mean of several frames tells people apart better than one frame does. */
class BestShotMeasurementTest {
    // Pictures of one person here are from different days: far less alike than the frames of one passage.
    private static final BestShotOptions ANY_DAY =
            BestShotOptions.DEFAULT.withFrames(1, 3).withQuality(0, 100).withSameFaceRate(0.4);

    @Test
    @DisplayName("ATT-10 johns: the mean of three pictures is nearer to the person than one, and no nearer to others")
    void tellsFivePeopleApartBetterByThreePicturesThanByOne() {
        Map<String, List<Shot>> people = new TreeMap<>();
        Distances one = new Distances("one picture");
        Distances three = new Distances("mean of three");
        try (FaceAnalyser analyser = FacePictures.measuringAnalyser()) {
            FacePictures.people(FacePictures.folder("johns")).forEach((person, pictures) -> {
                List<Shot> shots = pictures.stream()
                        .map(picture ->
                                shot(analyser, FacePictures.frame(picture)).orElseThrow())
                        .toList();
                people.put(person, shots);
            });
            people.forEach((person, shots) -> people.forEach((other, enrolled) -> {
                Template reference = enrolled.get(0).template().orElseThrow();
                for (int i = 1; i < shots.size(); i++) {
                    List<Shot> window = List.of(
                            shots.get(i),
                            shots.get(1 + i % (shots.size() - 1)),
                            shots.get(1 + (i + 1) % (shots.size() - 1)));
                    boolean mated = person.equals(other);
                    one.add(mated, reference, shots.get(i).template().orElseThrow());
                    three.add(mated, reference, best(window, ANY_DAY, analyser).template());
                }
            }));
            System.out.println(one.report(analyser.calibration()));
            System.out.println(three.report(analyser.calibration()));
        }
        assertThat(three.separation()).isGreaterThan(1.05 * one.separation());
        assertThat(three.mean(true)).isLessThan(one.mean(true));
        // The calibration was measured on single pictures: it must not become too kind to strangers.
        assertThat(three.mean(false)).isGreaterThan(0.97 * one.mean(false));
    }

    @Test
    @Tag("long")
    @DisplayName("ATT-10 LFW with blur, noise and jitter: the best shot of five frames errs no more than one frame")
    void tellsBlurredAndShakyPicturesApart() {
        long seed = 20_260_302;
        Path folder = FacePictures.folder("lfw");
        List<List<Path>> several = FacePictures.people(folder).values().stream()
                .filter(pictures -> pictures.size() > 1)
                .limit(150)
                .toList();
        Random random = new Random(seed);
        Distances one = new Distances("one degraded frame");
        Distances sharpest = new Distances("the best of five by quality");
        Distances five = new Distances("best shot of five");
        int inconsistent = 0;
        int refusedFrames = 0;
        try (FaceAnalyser analyser = FacePictures.measuringAnalyser()) {
            List<Template> enrolled = several.stream()
                    .map(pictures -> FacePictures.template(analyser, pictures.get(0)))
                    .toList();
            for (int i = 0; i < several.size(); i++) {
                List<Shot> shots = new ArrayList<>();
                for (int frame = 0; frame < 5; frame++) {
                    Frame bad = Degraded.of(FacePictures.frame(several.get(i).get(1)), random);
                    shot(analyser, bad).ifPresent(shots::add);
                }
                refusedFrames += 5 - shots.size();
                BestShot strict = BestShot.create(BestShotOptions.DEFAULT, analyser.calibration());
                shots.forEach(strict::offer);
                inconsistent += strict.result().fold(chosen -> 0, refused -> 1);
                BestShotOptions all = ANY_DAY.withFrames(1, 5).withSameFaceRate(0.49);
                Optional<Template> mean = Optional.of(best(shots, all, analyser).template());
                for (int j = 0; j < several.size(); j++) {
                    // Everybody against themselves and twelve others.
                    if (j == i || (j - i + several.size()) % several.size() <= 12) {
                        Template reference = enrolled.get(j);
                        boolean mated = i == j;
                        shots.forEach(shot ->
                                one.add(mated, reference, shot.template().orElseThrow()));
                        Shot top = shots.stream()
                                .max(Comparator.comparingDouble(Shot::quality))
                                .orElseThrow();
                        sharpest.add(mated, reference, top.template().orElseThrow());
                        five.add(mated, reference, mean.orElseThrow());
                    }
                }
            }
            System.out.printf(
                    "seed %d: %d people, %d frames without a face, %d of them refused at FMR 1e-2 as inconsistent%n",
                    seed, several.size(), refusedFrames, inconsistent);
            for (Distances distances : List.of(one, sharpest, five)) {
                System.out.println(distances.report(analyser.calibration()));
            }
        }
        assertThat(five.equalErrorRate()).isLessThanOrEqualTo(one.equalErrorRate());
        assertThat(five.separation()).isGreaterThan(one.separation());
        assertThat(inconsistent).isLessThanOrEqualTo(several.size() / 20);
    }

    private static Optional<Shot> shot(FaceAnalyser analyser, Frame frame) {
        FaceAnalysis analysis = analyser.analyse(frame);
        return analysis.fold(
                analysed -> Optional.of(Shot.of(frame.capturedAt(), analysed.first())), noFace -> Optional.empty());
    }

    private static Chosen best(List<Shot> shots, BestShotOptions options, FaceAnalyser analyser) {
        BestShot best = BestShot.create(options, analyser.calibration());
        shots.forEach(best::offer);
        return best.result().fold(chosen -> chosen, refused -> {
            throw new AssertionError(refused.reason().toString());
        });
    }

    /** Distances of comparisons, and what they tell. */
    private static final class Distances {
        private final String name;
        private final List<Double> mated = new ArrayList<>();
        private final List<Double> others = new ArrayList<>();

        Distances(String name) {
            this.name = name;
        }

        void add(boolean same, Template reference, Template probe) {
            (same ? mated : others).add(reference.distance(probe));
        }

        double mean(boolean same) {
            return (same ? mated : others)
                    .stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        }

        /** Distance of the two means in standard deviations (d′). */
        double separation() {
            return (mean(false) - mean(true)) / Math.sqrt((variance(true) + variance(false)) / 2);
        }

        private double variance(boolean same) {
            double mean = mean(same);
            return (same ? mated : others)
                    .stream()
                            .mapToDouble(each -> (each - mean) * (each - mean))
                            .average()
                            .orElseThrow();
        }

        double equalErrorRate() {
            double least = 1;
            for (double distance : mated) {
                double threshold = Math.nextUp(distance);
                least = Math.min(least, Math.max(missed(threshold), matched(threshold)));
            }
            return least;
        }

        private double missed(double threshold) {
            return (double) mated.stream().filter(each -> each >= threshold).count() / mated.size();
        }

        private double matched(double threshold) {
            return (double) others.stream().filter(each -> each < threshold).count() / others.size();
        }

        String report(Calibration calibration) {
            double hundredth = calibration.distanceAt(1e-2);
            double thousandth = calibration.distanceAt(1e-3);
            return String.format(
                    Locale.ROOT,
                    "%s: mated %.3f (%d), others %.3f (%d), d' %.2f, EER %.2f %%; at FMR 1e-2: missed %.2f %%, matched"
                            + " %.2f %%; at 1e-3: missed %.2f %%, matched %.2f %%",
                    name,
                    mean(true),
                    mated.size(),
                    mean(false),
                    others.size(),
                    separation(),
                    100 * equalErrorRate(),
                    100 * missed(hundredth),
                    100 * matched(hundredth),
                    100 * missed(thousandth),
                    100 * matched(thousandth));
        }
    }
}
