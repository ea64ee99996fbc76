package io.gatehouse.biometrics.face;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.quality.QualityProfile;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.core.frame.Frame;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/**
 * The child of {@link NativeMemoryTest}: says by how many bytes it grew over so many frames after 150 to warm up, and on the
 * way how large it is, so that a leak shows as a slope and not only as a sum.
 */
final class NativeMemoryProbe {
    private NativeMemoryProbe() {}

    public static void main(String[] arguments) {
        List<Frame> frames = FacePictures.people(FacePictures.folder("johns")).values().stream()
                .map(pictures -> FacePictures.frame(pictures.get(0)))
                .toList();
        FaceOptions options = FaceOptions.GATE
                .withProfile(QualityProfile.NONE)
                .withLivenessThreshold(1e-9)
                .withDominance(1);
        try (FaceAnalyser analyser = FaceAnalyser.open(ModelPack.loadDefault(), ModelPack.loadLiveness(), options)) {
            run(analyser, frames, 150);
            long owned = Pointer.totalBytes();
            long process = Pointer.physicalBytes();
            int analyses = Integer.parseInt(arguments[0]);
            for (int tenth = 1; tenth <= 10; tenth++) {
                run(analyser, frames, analyses / 10);
                System.out.println("resident after " + tenth * analyses / 10 + ": " + Pointer.physicalBytes());
            }
            System.out.println("owned by OpenCV's objects: " + (Pointer.totalBytes() - owned));
            System.out.println("process: " + (Pointer.physicalBytes() - process));
        }
    }

    private static void run(FaceAnalyser analyser, List<Frame> frames, int rounds) {
        for (int i = 0; i < rounds; i++) {
            analyser.analyseNearest(frames.get(i % frames.size()));
        }
    }
}
