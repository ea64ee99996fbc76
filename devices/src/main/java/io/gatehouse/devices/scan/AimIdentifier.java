package io.gatehouse.devices.scan;

import java.util.Optional;

/**
 * What kind of symbol was read, as a scanner says it in front of the data (ISO/IEC 15424): {@code ]}, a letter for the
 * symbology and a modifier, such as {@code ]Q1} for a QR code. Immutable and thread-safe.
 *
 * @param symbology a letter: {@code Q} QR code, {@code d} Data Matrix, {@code z} Aztec, {@code C} Code 128, {@code L} PDF417, …
 * @param modifier  a digit or letter whose meaning is the symbology's
 */
public record AimIdentifier(char symbology, char modifier) {
    static final int LENGTH = 3;

    public AimIdentifier {
        if (!isLetter(symbology) || !(isLetter(modifier) || isDigit(modifier))) {
            throw new IllegalArgumentException("an AIM identifier is a letter and a letter or digit");
        }
    }

    /** The identifier at the beginning of these bytes. */
    static Optional<AimIdentifier> at(byte[] bytes) {
        if (bytes.length < LENGTH || bytes[0] != ']') {
            return Optional.empty();
        }
        char symbology = (char) (bytes[1] & 0xFF);
        char modifier = (char) (bytes[2] & 0xFF);
        return isLetter(symbology) && (isLetter(modifier) || isDigit(modifier))
                ? Optional.of(new AimIdentifier(symbology, modifier))
                : Optional.empty();
    }

    private static boolean isLetter(char letter) {
        char lower = (char) (letter | 0x20);
        return lower >= 'a' && lower <= 'z';
    }

    private static boolean isDigit(char digit) {
        return digit >= '0' && digit <= '9';
    }

    /** As the scanner writes it. */
    @Override
    public String toString() {
        return "]" + symbology + modifier;
    }
}
