package io.gatehouse.biometrics.face.detect;

import io.gatehouse.biometrics.face.detect.BoxDecoder.RawBox;
import io.gatehouse.biometrics.model.DetectorModel;
import io.gatehouse.biometrics.model.DetectorModel.Fit;
import io.gatehouse.biometrics.picture.Picture;
import io.gatehouse.core.frame.Frame;

/**
 * A tile brought to the detector's input, and the part of that input which it fills.
 *
 * @param pixels blue-green-red, as large as the input
 * @param across how much of the input's width the tile fills, above 0 up to 1
 * @param down   the same of its height
 */
record FittedPixels(byte[] pixels, double across, double down) {

    static FittedPixels of(Picture picture, Tile tile, DetectorModel model) {
        int width = model.input().width();
        int height = model.input().height();
        if (model.fit() == Fit.STRETCH) {
            return new FittedPixels(stretched(picture, tile, width, height), 1, 1);
        }
        double scale = Math.min((double) width / tile.width(), (double) height / tile.height());
        int filledWidth = (int) Math.max(1, Math.min(width, Math.round(tile.width() * scale)));
        int filledHeight = (int) Math.max(1, Math.min(height, Math.round(tile.height() * scale)));
        byte[] filled = stretched(picture, tile, filledWidth, filledHeight);
        byte[] pixels = new byte[Frame.CHANNELS * width * height];
        for (int y = 0; y < filledHeight; y++) {
            int row = Frame.CHANNELS * filledWidth;
            System.arraycopy(filled, y * row, pixels, y * Frame.CHANNELS * width, row);
        }
        return new FittedPixels(pixels, (double) filledWidth / width, (double) filledHeight / height);
    }

    private static byte[] stretched(Picture picture, Tile tile, int width, int height) {
        return picture.stretched(tile.x(), tile.y(), tile.width(), tile.height(), width, height);
    }

    /** A box of the input as parts of the tile. */
    RawBox inTile(RawBox box) {
        return new RawBox(
                box.left() / across, box.top() / down, box.right() / across, box.bottom() / down, box.score());
    }
}
