package io.gatehouse.biometrics.protect;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.evaluate.Unlinkability;
import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.model.ModelPack;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shipped pack's templates of LFW's folds 0 and 1 under two keys: whether they can be linked or turned back. */
@Tag("long")
class FaceUnlinkabilityTest {
    private static final long SEED = 24_745;
    private static final int STRANGERS = 20;

    private record Face(int person, float[] vector) {}

    private final Random random = new Random(SEED);
    private final List<Face> faces = new ArrayList<>();
    private final List<Double> mated = new ArrayList<>();
    private final List<Double> nonMated = new ArrayList<>();

    @Test
    @DisplayName(
            "ATT-3 References of one face under two keys are as far apart as those of two people; a wrong key turns nothing back")
    void cannotBeLinkedNorTurnedBack() {
        embed();
        TemplateProtector one = TemplateProtector.of(key(), faces.get(0).vector.length);
        TemplateProtector other = TemplateProtector.of(key(), faces.get(0).vector.length);
        compare(one::protect, one::protect);
        assertThat(measured("under one key").system()).isGreaterThan(0.9);
        compare(one::protect, other::protect);
        Unlinkability linked = measured("under two keys");
        assertThat(linked.system()).isLessThan(0.1);
        compare(face -> other.unprotect(one.protect(face)), face -> face);
        Unlinkability inverted = measured("turned back by a wrong key, against the true ones");
        assertThat(inverted.system()).isLessThan(0.1);
        double anybody = ModelPack.loadDefault().requireEmbedder().calibration().distanceAt(0.5);
        System.out.printf(Locale.ROOT, "half of all strangers are nearer than %.3f%n", anybody);
        assertThat(mated).as("not even as near as half of all strangers").allMatch(distance -> distance > anybody);
    }

    private void embed() {
        try (FaceAnalyser analyser = FacePictures.measuringAnalyser()) {
            int[] person = {0};
            FacePictures.people(FacePictures.folder("lfw")).forEach((name, pictures) -> {
                pictures.forEach(picture -> faces.add(new Face(
                        person[0], FacePictures.template(analyser, picture).vector())));
                person[0]++;
            });
        }
    }

    private byte[] key() {
        byte[] key = new byte[TemplateProtector.KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    private interface Turn {
        float[] of(float[] vector);
    }

    /** Each face with all of the same person, itself too, and with some of others. */
    private void compare(Turn one, Turn other) {
        mated.clear();
        nonMated.clear();
        List<float[]> turned = faces.stream().map(face -> one.of(face.vector)).toList();
        List<float[]> against =
                faces.stream().map(face -> other.of(face.vector)).toList();
        for (int i = 0; i < faces.size(); i++) {
            for (int j = i; j < faces.size() && faces.get(j).person == faces.get(i).person; j++) {
                mated.add(distance(turned.get(i), against.get(j)));
            }
            for (int pick = 0; pick < STRANGERS; pick++) {
                int j = random.nextInt(faces.size());
                if (faces.get(j).person != faces.get(i).person) {
                    nonMated.add(distance(turned.get(i), against.get(j)));
                }
            }
        }
    }

    private Unlinkability measured(String what) {
        Unlinkability measured = Unlinkability.of(array(mated), array(nonMated));
        System.out.printf(
                Locale.ROOT,
                "%s: D %.4f of %d mated (mean distance %.4f) and %d non-mated (%.4f) in %d bins%n",
                what,
                measured.system(),
                measured.mated(),
                mean(mated),
                measured.nonMated(),
                mean(nonMated),
                measured.bins());
        return measured;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static double distance(float[] one, float[] other) {
        double squares = 0;
        for (int i = 0; i < one.length; i++) {
            squares += Math.pow((double) one[i] - other[i], 2);
        }
        return Math.sqrt(squares);
    }
}
