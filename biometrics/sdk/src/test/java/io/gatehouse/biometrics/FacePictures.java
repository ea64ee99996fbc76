package io.gatehouse.biometrics;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis;
import io.gatehouse.biometrics.face.FaceAnalysis.Analysed;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.biometrics.face.quality.QualityProfile;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.biometrics.picture.OpenCvFrameDecoder;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.frame.FrameDecoder.Decoded;
import io.gatehouse.core.frame.FrameLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The photographs that the tests look at, where they are beside the project. */
public final class FacePictures {
    public static final Instant AT = Instant.parse("2026-03-02T08:00:00Z");

    private static final OpenCvFrameDecoder DECODER = OpenCvFrameDecoder.create(FrameLimits.DEFAULT);

    private FacePictures() {}

    /** A folder of the shared data; the test is skipped if it is missing. */
    public static Path folder(String name) {
        Path folder = Path.of(System.getProperty("gatehouse.shared.data", "."), "faces", name);
        Assumptions.assumeTrue(
                Files.isDirectory(folder), () -> "skipped: the photographs in " + folder + " are not there");
        return folder;
    }

    public static Frame frame(Path picture) {
        try {
            byte[] bytes = Files.readAllBytes(picture);
            return DECODER.decode(bytes, AT, picture.getFileName().toString()).fold(Decoded::frame, refused -> {
                throw new AssertionError(refused.reason().toString());
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pictures by person, both in the order of their names. */
    public static Map<String, List<Path>> people(Path folder) {
        Map<String, List<Path>> people = new TreeMap<>();
        try (Stream<Path> pictures = Files.walk(folder, 2)) {
            pictures.filter(path -> path.toString().endsWith(".jpg"))
                    .sorted()
                    .forEach(path -> people.computeIfAbsent(
                                    path.getName(path.getNameCount() - 2).toString(), name -> new ArrayList<>())
                            .add(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return people;
    }

    /** An analyser that refuses no quality and checks no liveness: the protocols of data sets compare every picture. */
    public static FaceAnalyser measuringAnalyser() {
        return measuringAnalyser(ModelPack.loadDefault());
    }

    /** The same with another pack. */
    public static FaceAnalyser measuringAnalyser(ModelPack pack) {
        return FaceAnalyser.insecureWithoutLiveness(pack, FaceOptions.GATE.withProfile(QualityProfile.NONE));
    }

    /** The template of the nearest face. */
    public static Template template(FaceAnalyser analyser, Path picture) {
        FaceAnalysis analysis = analyser.analyse(frame(picture));
        return analysis.fold(Analysed::first, noFace -> {
                    throw new AssertionError(picture + ": " + noFace.reason());
                })
                .template()
                .orElseThrow();
    }
}
