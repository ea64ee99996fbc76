package io.gatehouse.biometrics.face;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.FaceAnalysis.Analysed;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.core.frame.Frame;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;

/** The child of {@link FirstResultTest}: opens the shipped packs, looks at one picture, and says what it saw and when. */
final class FirstResultProbe {
    private FirstResultProbe() {}

    public static void main(String[] arguments) {
        long atMain = millis();
        try (FaceAnalyser analyser =
                FaceAnalyser.open(ModelPack.loadDefault(), ModelPack.loadLiveness(), FaceOptions.GATE)) {
            long opened = millis();
            Frame frame = FacePictures.frame(Path.of(arguments[0]));
            String answer = analyser.analyseNearest(frame)
                    .fold(
                            (Analysed analysed) -> "face, "
                                    + analysed.first().liveness().getClass().getSimpleName(),
                            noFace -> noFace.reason().code());
            System.out.printf(
                    Locale.ROOT,
                    "answer: %s%nms since the start: main %d, analyser open %d, first result %d%n",
                    answer,
                    atMain,
                    opened,
                    millis());
        }
    }

    private static long millis() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }
}
