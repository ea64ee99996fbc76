package io.gatehouse.biometrics.picture;

import java.util.Optional;

/** Width and height as a picture file's header says, read without decoding: PNG, JPEG and BMP. */
record PictureHeader(long width, long height) {

    /** Empty if the bytes are none of these files or end before the header does. */
    static Optional<PictureHeader> read(byte[] file) {
        if (file.length >= 26 && be32(file, 0) == 0x89504E47L && be32(file, 12) == 0x49484452L) {
            return Optional.of(new PictureHeader(be32(file, 16), be32(file, 20)));
        }
        if (file.length >= 26 && file[0] == 'B' && file[1] == 'M' && le32(file, 14) >= 40) {
            // A negative height means rows from the top.
            return Optional.of(
                    new PictureHeader(Math.abs((long) (int) le32(file, 18)), Math.abs((long) (int) le32(file, 22))));
        }
        return file.length >= 4 && be16(file, 0) == 0xFFD8 ? jpeg(file) : Optional.empty();
    }

    /** Walks the segments (ITU-T T.81 annex B) to the first frame header. */
    private static Optional<PictureHeader> jpeg(byte[] file) {
        int at = 2;
        while (at + 9 < file.length && (file[at] & 0xFF) == 0xFF) {
            int marker = file[at + 1] & 0xFF;
            if (marker == 0xFF) {
                at++; // Fill bytes may come before a marker.
            } else if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
                at += 2;
            } else if (isFrameHeader(marker)) {
                return Optional.of(new PictureHeader(be16(file, at + 7), be16(file, at + 5)));
            } else {
                at += 2 + Math.max(2, be16(file, at + 2));
            }
        }
        return Optional.empty();
    }

    private static boolean isFrameHeader(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static int be16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
    }

    private static long be32(byte[] bytes, int at) {
        return (long) be16(bytes, at) << 16 | be16(bytes, at + 2);
    }

    private static long le32(byte[] bytes, int at) {
        return (bytes[at] & 0xFFL)
                | (bytes[at + 1] & 0xFFL) << 8
                | (bytes[at + 2] & 0xFFL) << 16
                | (bytes[at + 3] & 0xFFL) << 24;
    }
}
