package io.gatehouse.biometrics.picture;

/** Numbers in the bytes of a file. Callers see to it that they lie inside. */
final class Bytes {
    private Bytes() {}

    static int be16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
    }

    static long be32(byte[] bytes, int at) {
        return (long) be16(bytes, at) << 16 | be16(bytes, at + 2);
    }

    static int le16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
    }

    static long le32(byte[] bytes, int at) {
        return le16(bytes, at) | (long) le16(bytes, at + 2) << 16;
    }

    /** Whether the text, of ASCII letters, stands there; '?' stands for any byte. */
    static boolean isAt(byte[] bytes, int at, String text) {
        if (bytes.length < at + text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '?' && (bytes[at + i] & 0xFF) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
