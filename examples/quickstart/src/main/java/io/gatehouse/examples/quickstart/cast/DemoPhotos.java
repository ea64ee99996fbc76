package io.gatehouse.examples.quickstart.cast;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis;
import io.gatehouse.biometrics.face.FaceAnalysis.Face;
import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.frame.FrameDecoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Faces from group pictures: each detected face that is good enough to enrol, and not the same person as one before, is
 * cut out as a portrait. Used by one thread.
 */
public final class DemoPhotos {
    /** At which false match rate two faces of the pictures are taken for the same person. */
    private static final double SAME_PERSON_RATE = 1e-4;

    /** A portrait's side as a multiple of the face box's longer side. */
    private static final double PORTRAIT = 3.4;

    private final FrameDecoder decoder;
    private final FaceAnalyser analyser;
    private final Instant now;
    private final Consumer<String> progress;
    private final List<Photograph> portraits = new ArrayList<>();
    private final List<Template> templates = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    public DemoPhotos(FrameDecoder decoder, FaceAnalyser analyser, Instant now, Consumer<String> progress) {
        this.decoder = Objects.requireNonNull(decoder, "decoder");
        this.analyser = Objects.requireNonNull(analyser, "analyser");
        this.now = Objects.requireNonNull(now, "now");
        this.progress = Objects.requireNonNull(progress, "progress");
    }

    /** Looks at every picture of a folder; does nothing if there is no such folder. */
    public void look(Path folder) throws CannotStartException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .toList()) {
                progress.accept("looking for faces in " + file.getFileName());
                lookAt(file);
            }
        } catch (IOException e) {
            throw new CannotStartException(
                    "the demo pictures in " + folder + " cannot be read: build the project again, or give --photos", e);
        }
    }

    /** The portraits, each of another person. */
    public List<Photograph> portraits() {
        return List.copyOf(portraits);
    }

    /** Which faces were left out and why. */
    public List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    private void lookAt(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        Optional<Frame> frame = decoder.decode(Files.readAllBytes(file), now, name)
                .fold(decoded -> Optional.of(decoded.frame()), refused -> Optional.empty());
        if (frame.isEmpty() || !(analyser.analyse(frame.get()) instanceof FaceAnalysis.Analysed analysed)) {
            leftOut.add(name + ": no face found");
            return;
        }
        int number = 0;
        for (Face face : analysed.faces()) {
            consider(name + ", face " + ++number, frame.get(), face);
        }
    }

    private void consider(String label, Frame frame, Face face) {
        Photograph portrait = new Photograph(label, portrait(frame, face.box(), label));
        if (!(analyser.analyseNearest(portrait.frame()) instanceof FaceAnalysis.Analysed alone)
                || alone.first().template().isEmpty()) {
            leftOut.add(label + ": " + why(face));
            return;
        }
        Template template = alone.first().template().orElseThrow();
        double limit = analyser.calibration().distanceAt(SAME_PERSON_RATE);
        for (int i = 0; i < templates.size(); i++) {
            if (templates.get(i).distance(template) <= limit) {
                leftOut.add(label + ": the same person as " + portraits.get(i).label());
                return;
            }
        }
        templates.add(template);
        portraits.add(portrait);
    }

    private static String why(Face face) {
        return face.refusals().isEmpty()
                ? "not clearly the nearest face in a portrait of it"
                : face.refusals().get(0).text();
    }

    private static Frame portrait(Frame frame, FaceBox box, String label) {
        double side = PORTRAIT * Math.max(box.width(), box.height());
        int left = (int) Math.max(0, box.centreX() - side / 2);
        int top = (int) Math.max(0, box.centreY() - side / 2);
        int right = (int) Math.min(frame.width(), box.centreX() + side / 2);
        int bottom = (int) Math.min(frame.height(), box.centreY() + side / 2);
        BufferedImage cut = frame.toImage().getSubimage(left, top, right - left, bottom - top);
        return Frame.of(cut, frame.capturedAt(), label);
    }
}
