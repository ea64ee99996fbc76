package io.gatehouse.biometrics.face.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis;
import io.gatehouse.biometrics.face.FaceAnalysis.Analysed;
import io.gatehouse.biometrics.face.FaceAnalysis.NoFace;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.core.frame.Frame;
import java.awt.Color;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaceDetectorTest {
    @Test
    void tilesCoverThePictureOnEveryLevel() {
        int[][] sizes = {{640, 480}, {4_000, 3_000}, {3_000, 4_000}, {5_000, 400}, {33, 32}, {6_000, 6_000}};
        for (int[] size : sizes) {
            List<Tile> tiles = Tile.cover(size[0], size[1], 500);
            assertThat(tiles.get(0)).isEqualTo(new Tile(0, 0, size[0], size[1]));
            int smallest = tiles.get(tiles.size() - 1).width();
            BitSet columns = new BitSet();
            BitSet rows = new BitSet();
            for (Tile tile : tiles) {
                assertThat(tile.x() >= 0 && tile.x() + tile.width() <= size[0])
                        .as("%s", tile)
                        .isTrue();
                assertThat(tile.y() >= 0 && tile.y() + tile.height() <= size[1])
                        .as("%s", tile)
                        .isTrue();
                if (tile.width() == smallest) {
                    columns.set(tile.x(), tile.x() + tile.width());
                    rows.set(tile.y(), tile.y() + tile.height());
                }
            }
            assertThat(columns.cardinality()).isEqualTo(size[0]);
            assertThat(rows.cardinality()).isEqualTo(size[1]);
        }
    }

    @Test
    void looksAtALargePictureAsOftenAsAtASmallOneForFacesOfTheSamePart() {
        for (int part : new int[] {8, 16, 32}) {
            int small = Tile.cover(1_155, 866, 16.0 * 866 / part).size();
            int large = Tile.cover(4_000, 3_000, 16.0 * 3_000 / part).size();
            assertThat(large).as("faces of a %dth of the height", part).isEqualTo(small);
        }
    }

    @Test
    void findsThirtySmallFacesAndChoosesNobodyForTheGate() {
        Frame crowd = crowd(6, 5, 140, 3_200, 2_400);
        try (FaceAnalyser analyser = FacePictures.measuringAnalyser()) {
            Analysed all = analyser.analyse(crowd).fold(found -> found, none -> {
                throw new AssertionError(none.reason().toString());
            });
            assertThat(all.faces()).hasSizeBetween(30, 31);
            assertThat(analyser.analyseNearest(crowd)
                            .fold(
                                    found -> "a face",
                                    (NoFace none) -> none.reason().code()))
                    .isEqualTo("face.several");
        }
    }

    @Test
    void findsOneFaceOnceWhateverItsSize() {
        try (FaceDetector detector = FaceDetector.open(ModelPack.loadDefault(), 40, 1)) {
            for (int side : new int[] {150, 300, 600, 1_200}) {
                assertThat(detector.detect(crowd(1, 1, side, 1_600, 1_200)))
                        .as("a picture of %d pixels", side)
                        .hasSize(1);
            }
        }
    }

    @Test
    void saysThatThereIsNoFace() {
        byte[] noise = new byte[640 * 480 * 3];
        new Random(3).nextBytes(noise);
        try (FaceAnalyser analyser = FacePictures.measuringAnalyser()) {
            for (byte[] pixels : new byte[][] {noise, new byte[noise.length]}) {
                Frame frame = Frame.ofBgr(640, 480, pixels, FacePictures.AT, "noise");
                assertThat(outcome(analyser.analyse(frame))).isEqualTo("face.none");
            }
            Frame line = Frame.ofBgr(1, 1, new byte[3], FacePictures.AT, "a pixel");
            assertThat(outcome(analyser.analyse(line))).isEqualTo("face.none");
        }
    }

    private static String outcome(FaceAnalysis analysis) {
        return analysis.fold(found -> "a face", (NoFace none) -> none.reason().code());
    }

    /** Photographs of different people in a grid. */
    private static Frame crowd(int columns, int rows, int side, int width, int height) {
        List<Path> pictures = FacePictures.people(FacePictures.folder("lfw")).values().stream()
                .map(all -> all.get(0))
                .toList();
        BufferedImage crowd = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        var graphics = crowd.createGraphics();
        graphics.setColor(Color.GRAY);
        graphics.fillRect(0, 0, width, height);
        for (int i = 0; i < columns * rows; i++) {
            // The middle of an LFW picture: the face without the people at its edges.
            BufferedImage face =
                    FacePictures.frame(pictures.get(i * 7)).toImage().getSubimage(50, 50, 150, 150);
            int x = (2 * (i % columns) + 1) * width / (2 * columns) - side / 2;
            int y = (2 * (i / columns) + 1) * height / (2 * rows) - side / 2;
            graphics.drawImage(face.getScaledInstance(side, side, Image.SCALE_SMOOTH), x, y, null);
        }
        graphics.dispose();
        return Frame.of(crowd, FacePictures.AT, "crowd");
    }
}
