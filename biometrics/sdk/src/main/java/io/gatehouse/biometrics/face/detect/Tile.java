package io.gatehouse.biometrics.face.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a picture that the detector looks at. Level 0 is the whole picture; each further level halves the width and
 * overlaps its tiles by a quarter, so that a face as tall as the overlap lies whole in one of them, and a larger one was
 * large enough on the level above.
 */
record Tile(int x, int y, int width, int height) {
    private static final double OVERLAP = 0.25;
    // A guard against absurd requests, such as faces of 8 pixels in a picture of 40 megapixels.
    private static final int MAX_LEVELS = 5;

    /** Tiles of all levels, down to the one whose width is at most {@code enough} pixels. */
    static List<Tile> cover(int width, int height, double enough) {
        List<Tile> tiles = new ArrayList<>();
        tiles.add(new Tile(0, 0, width, height));
        double across = Math.max(width, height * 4.0 / 3);
        for (int level = 1; level <= MAX_LEVELS && across > enough; level++) {
            across /= 2;
            int tileWidth = (int) Math.min(width, Math.ceil(across));
            int tileHeight = (int) Math.min(height, Math.ceil(across * 3 / 4));
            for (int y : starts(height, tileHeight)) {
                for (int x : starts(width, tileWidth)) {
                    tiles.add(new Tile(x, y, tileWidth, tileHeight));
                }
            }
        }
        return tiles;
    }

    /** Where tiles begin so that they cover a length evenly with the overlap. */
    private static int[] starts(int length, int tile) {
        int count = length <= tile ? 1 : 1 + (int) Math.ceil((length - tile) / (tile * (1 - OVERLAP)));
        int[] starts = new int[count];
        for (int i = 1; i < count; i++) {
            starts[i] = (int) ((long) (length - tile) * i / (count - 1));
        }
        return starts;
    }
}
