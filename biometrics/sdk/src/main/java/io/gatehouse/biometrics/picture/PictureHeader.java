package io.gatehouse.biometrics.picture;

import static io.gatehouse.biometrics.picture.Bytes.be16;
import static io.gatehouse.biometrics.picture.Bytes.be32;
import static io.gatehouse.biometrics.picture.Bytes.isAt;
import static io.gatehouse.biometrics.picture.Bytes.le16;
import static io.gatehouse.biometrics.picture.Bytes.le32;

import java.util.Optional;

/** What a picture file's header says, read without decoding: PNG, JPEG and BMP. */
record PictureHeader(Format format, long width, long height) {
    private static final String PNG = "\u0089PNG\r\n\u001A\n";

    enum Format {
        PNG,
        JPEG,
        BMP
    }

    /** Empty if the bytes are none of these files or end before the header does. */
    static Optional<PictureHeader> read(byte[] file) {
        if (file.length >= 26 && isAt(file, 0, PNG) && isAt(file, 12, "IHDR")) {
            return Optional.of(new PictureHeader(Format.PNG, be32(file, 16), be32(file, 20)));
        }
        if (file.length >= 34 && isAt(file, 0, "BM") && le32(file, 14) >= 40) {
            // A negative height means rows from the top.
            return Optional.of(new PictureHeader(
                    Format.BMP, Math.abs((long) (int) le32(file, 18)), Math.abs((long) (int) le32(file, 22))));
        }
        if (file.length >= 4 && be16(file, 0) == 0xFFD8) {
            int at = JpegSegments.find(file, PictureHeader::isFrameHeader);
            return at < 0
                    ? Optional.empty()
                    : Optional.of(new PictureHeader(Format.JPEG, be16(file, at + 7), be16(file, at + 5)));
        }
        return Optional.empty();
    }

    private static boolean isFrameHeader(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    /** The name of a kind of picture that is not read here, so that a refusal can say it; empty for anything else. */
    static Optional<String> foreign(byte[] file) {
        String name = null;
        if (isAt(file, 0, "GIF8")) {
            name = "GIF";
        } else if (isAt(file, 0, "RIFF????WEBP")) {
            name = "WebP";
        } else if (isAt(file, 0, "II*\0")
                || isAt(file, 0, "MM\0*")
                || isAt(file, 0, "II+\0")
                || isAt(file, 0, "MM\0+")) {
            name = "TIFF";
        } else if (isAt(file, 4, "ftyp")) {
            name = "AVIF or HEIC";
        } else if (isAt(file, 4, "jP  ") || isAt(file, 0, "\u00FFO\u00FFQ")) {
            name = "JPEG 2000";
        } else if (isAt(file, 4, "JXL ") || isAt(file, 0, "\u00FF\n")) {
            name = "JPEG XL";
        }
        return Optional.ofNullable(name);
    }

    /** Whether a decoded picture has the size that the header says, upright or turned by a quarter as EXIF may ask. */
    boolean isOf(int columns, int rows) {
        return (columns == width && rows == height) || (columns == height && rows == width);
    }

    /** Whether the file goes on to its end; where the format does not tell, true. */
    boolean isWhole(byte[] file) {
        return switch (format) {
            case JPEG -> JpegSegments.hasEnd(file);
            case PNG -> hasChunk(file, "IEND");
            case BMP -> hasAllRows(file);
        };
    }

    /** Whether it is a PNG that moves (Animated PNG). */
    boolean isAnimated(byte[] file) {
        return format == Format.PNG && hasChunk(file, "acTL");
    }

    private static boolean hasChunk(byte[] file, String type) {
        long at = PNG.length();
        while (at + 12 <= file.length) {
            if (isAt(file, (int) at + 4, type)) {
                return true;
            }
            at += 12 + be32(file, (int) at);
        }
        return false;
    }

    private boolean hasAllRows(byte[] file) {
        boolean isPlain = le32(file, 30) == 0;
        long rowBytes = (width * le16(file, 28) + 31) / 32 * 4;
        return !isPlain || le32(file, 10) + rowBytes * height <= file.length;
    }
}
