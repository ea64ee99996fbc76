package io.gatehouse.biometrics.picture;

import static io.gatehouse.biometrics.picture.Bytes.be16;

import java.util.function.IntPredicate;

/** The segments of a JPEG file (ITU-T T.81 annex B). */
final class JpegSegments {
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;

    private JpegSegments() {}

    /**
     * Where the first such marker before the first scan's data is, or -1; also -1 where something stands before it that
     * decoders pass over in another way than a segment of its length, as libjpeg does with 0xFF00: they would find
     * another frame header than is found here, and of another size.
     */
    static int find(byte[] file, IntPredicate marker) {
        int at = 2;
        while (at + 9 < file.length && (file[at] & 0xFF) == 0xFF) {
            int here = file[at + 1] & 0xFF;
            if (here == 0xFF) {
                at++; // Fill bytes may come before a marker.
            } else if (marker.test(here)) {
                return at;
            } else if (here == 0x01 || (here >= 0xD0 && here <= 0xD7)) {
                at += 2;
            } else if (!hasLength(here)) {
                return -1;
            } else {
                at += 2 + Math.max(2, be16(file, at + 2));
            }
        }
        return -1;
    }

    /** Frames, tables and scans, restart interval, number of lines, application data and comments (table B.1). */
    private static boolean hasLength(int marker) {
        return (marker >= 0xC0 && marker <= 0xCF)
                || (marker >= START_OF_SCAN && marker <= 0xDD)
                || (marker >= 0xE0 && marker <= 0xEF)
                || marker == 0xFE;
    }

    /**
     * Whether the file goes on to its end. A decoder makes a half grey picture of one that was cut short and only warns.
     * In the data of a scan a 0xFF is followed by 0 or a restart, so that the end's marker cannot stand there by chance;
     * what stands before, such as a thumbnail with an end of its own, is not looked at.
     */
    static boolean hasEnd(byte[] file) {
        int scan = find(file, marker -> marker == START_OF_SCAN);
        if (scan < 0) {
            return false;
        }
        for (int at = scan + 2; at + 1 < file.length; at++) {
            if (file[at] == (byte) 0xFF && (file[at + 1] & 0xFF) == END_OF_IMAGE) {
                return true;
            }
        }
        return false;
    }
}
