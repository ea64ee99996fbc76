package io.gatehouse.biometrics.face.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.AnalysisEvent.FaceAligned;
import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.biometrics.face.quality.QualityProfile;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaceEmbedderTest {
    // Of templates whose distances lie between 0.3 and 1.
    private static final double ROUNDING = 1e-4;

    @Test
    void embedsManyAsItEmbedsEach() {
        List<Frame> chips = chips();
        for (boolean withMirror : new boolean[] {true, false}) {
            try (FaceEmbedder embedder = withMirror
                    ? FaceEmbedder.openWithMirror(ModelPack.loadDefault(), 1)
                    : FaceEmbedder.openWithoutMirror(ModelPack.loadDefault(), 1)) {
                List<Template> together = embedder.embed(chips);
                assertThat(together).hasSameSizeAs(chips);
                for (int i = 0; i < chips.size(); i++) {
                    Template alone = embedder.embed(chips.get(i));
                    assertThat(together.get(i).distance(alone)).as("chip %d", i).isLessThan(ROUNDING);
                }
                assertThat(together.get(0).distance(together.get(1))).isGreaterThan(0.1);
            }
        }
    }

    @Test
    void averagesWithTheMirrorImageWhereAsked() {
        Frame chip = chips().get(0);
        Frame mirrored = mirrored(chip);
        try (FaceEmbedder with = FaceEmbedder.openWithMirror(ModelPack.loadDefault(), 1);
                FaceEmbedder without = FaceEmbedder.openWithoutMirror(ModelPack.loadDefault(), 1)) {
            // The mean of both does not care which of them came in.
            assertThat(with.embed(chip).distance(with.embed(mirrored))).isLessThan(ROUNDING);
            assertThat(without.embed(chip).distance(without.embed(mirrored))).isGreaterThan(10 * ROUNDING);
        }
    }

    @Test
    void embedsNothingAndRefusesAnotherSize() {
        try (FaceEmbedder embedder = FaceEmbedder.open(ModelPack.loadDefault(), 1)) {
            assertThat(embedder.embed(List.of())).isEmpty();
            Frame small = Frame.ofBgr(8, 8, new byte[192], FacePictures.AT, "small");
            assertThatThrownBy(() -> embedder.embed(List.of(small))).hasMessageContaining("150×150");
        }
    }

    /** Nineteen of noise: more than two full batches. */
    private static List<Frame> chips() {
        List<Frame> chips = new ArrayList<>();
        Random random = new Random(4);
        for (int i = 0; i < 19; i++) {
            byte[] pixels = new byte[150 * 150 * 3];
            random.nextBytes(pixels);
            // Softer towards the last ones, so that they differ for the network too.
            for (int at = 0; at < pixels.length; at++) {
                pixels[at] = (byte) ((pixels[at] & 0xFF) * (i + 1) / 19);
            }
            chips.add(Frame.ofBgr(150, 150, pixels, FacePictures.AT, "noise " + i));
        }
        return chips;
    }

    @Test
    void embedsPhotographsTogether() {
        List<Frame> chips = new ArrayList<>();
        try (FaceAnalyser analyser = FaceAnalyser.builder(ModelPack.loadDefault())
                        .insecureWithoutLiveness()
                        .options(FaceOptions.GATE.withProfile(QualityProfile.NONE))
                        .listener(event -> {
                            if (event instanceof FaceAligned aligned) {
                                chips.add(aligned.chip());
                            }
                        })
                        .open();
                FaceEmbedder embedder = FaceEmbedder.open(ModelPack.loadDefault(), 1)) {
            FacePictures.people(FacePictures.folder("johns")).values().stream()
                    .map(pictures -> FacePictures.frame(pictures.get(0)))
                    .forEach(analyser::analyse);
            List<Template> together = embedder.embed(chips);
            for (int i = 0; i < chips.size(); i++) {
                assertThat(together.get(i).distance(embedder.embed(chips.get(i))))
                        .isLessThan(ROUNDING);
            }
            assertThat(together.get(0).distance(together.get(1))).isGreaterThan(0.5);
        }
    }

    private static Frame mirrored(Frame chip) {
        byte[] from = chip.toBgr();
        byte[] to = new byte[from.length];
        for (int y = 0; y < chip.height(); y++) {
            for (int x = 0; x < chip.width(); x++) {
                for (int channel = 0; channel < 3; channel++) {
                    to[3 * (y * chip.width() + chip.width() - 1 - x) + channel] =
                            from[3 * (y * chip.width() + x) + channel];
                }
            }
        }
        return Frame.ofBgr(chip.width(), chip.height(), to, chip.capturedAt(), "mirrored");
    }
}
