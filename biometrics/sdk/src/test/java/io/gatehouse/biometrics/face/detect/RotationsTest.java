package io.gatehouse.biometrics.face.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis.Analysed;
import io.gatehouse.biometrics.face.FaceAnalysis.Face;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.face.quality.QualityProfile;
import io.gatehouse.biometrics.model.CropRule;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.picture.Crop;
import io.gatehouse.biometrics.picture.Picture;
import io.gatehouse.core.frame.Frame;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RotationsTest {
    private static final int SIDE = 420;
    private static final FaceOptions ANY = FaceOptions.GATE.withProfile(QualityProfile.NONE);

    @Test
    void findsFacesThatLieOnTheirSideOrUpsideDown() {
        assertThat(rightAt(Rotations.QUARTER_TURNS, 8, 0, 90, 180, 270)).isGreaterThanOrEqualTo(29);
    }

    @Test
    void findsTiltedFaces() {
        assertThat(rightAt(Rotations.ALL, 6, 30, 45, 315)).isGreaterThanOrEqualTo(15);
    }

    /** How many of the faces at these angles have the landmarks, turned, and the template of the upright face. */
    private static int rightAt(Rotations rotations, int people, int... angles) {
        int right = 0;
        try (FaceAnalyser upright = FacePictures.measuringAnalyser();
                FaceAnalyser turning =
                        FaceAnalyser.insecureWithoutLiveness(ModelPack.loadDefault(), ANY.withRotations(rotations))) {
            for (Frame frame : frames(people)) {
                Face expected = ((Analysed) upright.analyse(turned(frame, 0))).first();
                for (int angle : angles) {
                    if (turning.analyse(turned(frame, angle)) instanceof Analysed found) {
                        Face face = found.first();
                        double error = landmarkError(expected, face, angle);
                        double distance = expected.template()
                                .orElseThrow()
                                .distance(face.template().orElseThrow());
                        right += error < 0.15 && distance < 0.4 ? 1 : 0;
                    }
                }
            }
        }
        System.out.println(rotations + ": " + right + " of " + people * angles.length + " right");
        return right;
    }

    /** Mean distance from where the landmarks of the upright face are turned to, in distances of the eyes. */
    private static double landmarkError(Face upright, Face turned, int angle) {
        double cosine = Math.cos(Math.toRadians(angle));
        double sine = Math.sin(Math.toRadians(angle));
        double sum = 0;
        for (int point = 0; point < FaceLandmarks.COUNT; point++) {
            double x = upright.landmarks().x(point) - SIDE / 2.0;
            double y = upright.landmarks().y(point) - SIDE / 2.0;
            double turnedX = SIDE / 2.0 + cosine * x - sine * y;
            double turnedY = SIDE / 2.0 + sine * x + cosine * y;
            sum += Math.hypot(
                    turnedX - turned.landmarks().x(point),
                    turnedY - turned.landmarks().y(point));
        }
        return sum / FaceLandmarks.COUNT / upright.landmarks().interEyePixels();
    }

    @Test
    void saysHowAFaceLiesInThePicture() {
        Frame frame = frames(1).get(0);
        try (FaceAnalyser analyser = FaceAnalyser.insecureWithoutLiveness(
                ModelPack.loadDefault(), ANY.withRotations(Rotations.QUARTER_TURNS))) {
            Face face = ((Analysed) analyser.analyse(turned(frame, 90))).first();
            assertThat(face.box().turnDegrees()).isEqualTo(90);
            assertThat(face.landmarks().eyeLineDegrees()).isCloseTo(90, within(15.0));
        }
    }

    @Test
    void cutsATurnedCropAsThePictureWouldBeTurned() {
        byte[] pixels = new byte[40 * 30 * 3];
        new Random(5).nextBytes(pixels);
        try (Picture picture = Picture.of(Frame.ofBgr(40, 30, pixels, FacePictures.AT, "noise"))) {
            for (int turn : new int[] {90, 180, 270}) {
                try (Picture turned = picture.turnedBack(turn)) {
                    byte[] cut = picture.cropped(
                            Crop.about(20, 15, turned.width(), turned.height(), turn), turned.width(), turned.height());
                    assertThat(cut)
                            .as("%d degrees", turn)
                            .isEqualTo(turned.stretched(
                                    0, 0, turned.width(), turned.height(), turned.width(), turned.height()));
                }
            }
        }
    }

    @Test
    void keepsATurnedCropInsideWhereTheRuleSaysSo() {
        CropRule rule = new CropRule(CropRule.Shape.BOX, 2.7, CropRule.Edge.SHIFT);
        for (int turn : new int[] {45, 90, 135, 180, 270, 315}) {
            Crop crop = new FaceBox(5, 60, 30, 40, 0.9, turn).crop(rule, 200, 100);
            for (int corner = 0; corner < 4; corner++) {
                double[] at = crop.pictured(corner & 1, corner >> 1);
                assertThat(at[0]).as("x at %d degrees", turn).isBetween(-2.0, 202.0);
                assertThat(at[1]).as("y at %d degrees", turn).isBetween(-2.0, 102.0);
            }
        }
    }

    @Test
    void refusesATurnThatIsNone() {
        assertThatThrownBy(() -> new FaceBox(0, 0, 1, 1, 1, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Crop(0, 0, 0, 1)).hasMessageContaining("0×1");
    }

    private static List<Frame> frames(int count) {
        return FacePictures.people(FacePictures.folder("lfw")).values().stream()
                .map(pictures -> pictures.get(0))
                .limit(count)
                .map(FacePictures::frame)
                .toList();
    }

    private static Frame turned(Frame frame, int degrees) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
        var graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setColor(Color.GRAY);
        graphics.fillRect(0, 0, SIDE, SIDE);
        graphics.translate(SIDE / 2.0, SIDE / 2.0);
        graphics.rotate(Math.toRadians(degrees));
        graphics.translate(-frame.width() / 2.0, -frame.height() / 2.0);
        graphics.drawImage(frame.toImage(), 0, 0, null);
        graphics.dispose();
        return Frame.of(image, FacePictures.AT, "turned");
    }
}
