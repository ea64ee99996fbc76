package io.gatehouse.codes.symbol;

import com.google.zxing.Result;
import com.google.zxing.ResultMetadataType;
import com.google.zxing.ResultPoint;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.decoder.Version;
import com.google.zxing.qrcode.decoder.Version.ECBlocks;
import java.util.List;

/** Where a symbol's corners are, given the centres of its finder patterns and how many modules it has. */
final class SymbolGeometry {
    /** From a finder pattern's centre to the symbol's edge, in modules. */
    private static final double CENTRE_TO_EDGE = 3.5;

    private static final int FINDER_PATTERNS = 3;

    private SymbolGeometry() {}

    /** The corners in the full picture; ZXing gives the finder patterns as lower left, upper left, upper right, or none for joined symbols. */
    static List<Corner> corners(Result result, double scale) {
        ResultPoint[] centres = result.getResultPoints();
        if (centres.length < FINDER_PATTERNS) {
            return List.of();
        }
        double between = dimension(result) - 2 * CENTRE_TO_EDGE;
        double out = CENTRE_TO_EDGE / between;
        Corner origin = new Corner(centres[1].getX() * scale, centres[1].getY() * scale);
        Corner right = new Corner(centres[2].getX() * scale - origin.x(), centres[2].getY() * scale - origin.y());
        Corner down = new Corner(centres[0].getX() * scale - origin.x(), centres[0].getY() * scale - origin.y());
        return List.of(
                point(origin, right, -out, down, -out),
                point(origin, right, 1 + out, down, -out),
                point(origin, right, 1 + out, down, 1 + out),
                point(origin, right, -out, down, 1 + out));
    }

    private static Corner point(Corner origin, Corner right, double across, Corner down, double along) {
        return new Corner(
                origin.x() + across * right.x() + along * down.x(), origin.y() + across * right.y() + along * down.y());
    }

    /** Modules a side: ZXing does not say, but the number of data bytes and the level tell the version. */
    private static int dimension(Result result) {
        ErrorCorrectionLevel level = level(result);
        for (int number = 1; number <= 40; number++) {
            Version version = Version.getVersionForNumber(number);
            ECBlocks blocks = version.getECBlocksForLevel(level);
            if (version.getTotalCodewords() - blocks.getTotalECCodewords() == result.getRawBytes().length) {
                return version.getDimensionForVersion();
            }
        }
        throw new IllegalStateException(
                "no version has " + result.getRawBytes().length + " data codewords at level " + level);
    }

    private static ErrorCorrectionLevel level(Result result) {
        return ErrorCorrectionLevel.valueOf(
                String.valueOf(result.getResultMetadata().get(ResultMetadataType.ERROR_CORRECTION_LEVEL)));
    }
}
