package io.gatehouse.benchmarks;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis;
import io.gatehouse.biometrics.face.FaceAnalysis.Analysed;
import io.gatehouse.biometrics.face.FaceAnalysis.Face;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.picture.OpenCvFrameDecoder;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.frame.FrameDecoder.Decoded;
import io.gatehouse.core.frame.FrameLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import javax.imageio.ImageIO;

/** What a camera of 640×480 would see of a larger picture: a window around a face that is alone in it. */
final class GatePicture {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    private GatePicture() {}

    /**
     * The window around the first face, nearest first, of which the analyser makes a template.
     *
     * @throws IllegalArgumentException if the file is no picture or has no such face
     */
    static Frame cut(Path file, FaceAnalyser analyser) throws IOException {
        Frame whole = OpenCvFrameDecoder.create(FrameLimits.DEFAULT)
                .decode(Files.readAllBytes(file), Instant.EPOCH, file.toString())
                .fold(Decoded::frame, refused -> {
                    throw new IllegalArgumentException(refused.reason().text());
                });
        if (whole.width() < WIDTH || whole.height() < HEIGHT) {
            throw new IllegalArgumentException(file + " has less than " + WIDTH + "×" + HEIGHT + " pixels");
        }
        if (analyser.analyse(whole) instanceof Analysed analysed) {
            for (Face face : analysed.faces()) {
                Frame window = around(whole, face.box());
                if (isUsable(analyser.analyse(window))) {
                    return window;
                }
            }
        }
        throw new IllegalArgumentException("no face of " + file + " is alone and good enough in a window of " + WIDTH
                + "×" + HEIGHT + " pixels: give another picture");
    }

    /** Writes the window of a picture as PNG, as the analyser of a gate finds it. */
    static void cut(Path picture, Path png) throws IOException {
        try (FaceAnalyser analyser =
                FaceAnalyser.open(ModelPack.loadDefault(), ModelPack.loadLiveness(), FaceOptions.GATE)) {
            ImageIO.write(cut(picture, analyser).toImage(), "png", png.toFile());
        }
    }

    private static boolean isUsable(FaceAnalysis analysis) {
        return analysis instanceof Analysed analysed
                && analysed.faces().size() == 1
                && analysed.first().template().isPresent();
    }

    private static Frame around(Frame whole, FaceBox box) {
        int left = (int) Math.max(0, Math.min(whole.width() - WIDTH, box.centreX() - WIDTH / 2.0));
        int top = (int) Math.max(0, Math.min(whole.height() - HEIGHT, box.centreY() - HEIGHT / 2.0));
        return Frame.of(whole.toImage().getSubimage(left, top, WIDTH, HEIGHT), whole.capturedAt(), whole.source());
    }
}
