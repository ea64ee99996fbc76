package io.gatehouse.devices.document;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The number of a Chinese citizen (GB 11643-1999): six digits of a place, eight of the date of birth, three in sequence, and a check
 * character by ISO 7064 MOD 11-2. Immutable and thread-safe; {@code toString} does not tell it.
 *
 * @param value 18 characters, the last a digit or {@code X}
 */
public record ResidentIdNumber(String value) {
    private static final Pattern FORM = Pattern.compile("[1-9][0-9]{16}[0-9X]");
    private static final int MODULUS = 11;
    private static final String CHECKS = "0123456789X";

    public ResidentIdNumber {
        String wrong = whatIsWrong(value);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("a resident's number " + wrong);
        }
    }

    /** The number in this text, with a small {@code x} too; empty if it is none. */
    public static Optional<ResidentIdNumber> parse(String text) {
        String value = text.strip().replace('x', 'X');
        return whatIsWrong(value).isEmpty() ? Optional.of(new ResidentIdNumber(value)) : Optional.empty();
    }

    /** Never with the number itself, which is personal. */
    private static String whatIsWrong(String value) {
        if (!FORM.matcher(value).matches()) {
            return "has 17 digits, of which the first is not 0, and a digit or X, not " + value.length()
                    + " characters";
        }
        if (value.charAt(17) != check(value)) {
            return "has another check character than this one";
        }
        return birth(value).isEmpty() ? "has a date of birth" : "";
    }

    /** The check character of the first 17 digits: the sum of digits times powers of two is 1 modulo 11. */
    static char check(String digits) {
        int remainder = 0;
        for (int i = 0; i < 17; i++) {
            remainder = (remainder + digits.charAt(i) - '0') * 2 % MODULUS;
        }
        return CHECKS.charAt((MODULUS + 1 - remainder) % MODULUS);
    }

    private static Optional<LocalDate> birth(String value) {
        try {
            return Optional.of(LocalDate.of(
                    Integer.parseInt(value.substring(6, 10)),
                    Integer.parseInt(value.substring(10, 12)),
                    Integer.parseInt(value.substring(12, 14))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    public LocalDate dateOfBirth() {
        return birth(value).orElseThrow();
    }

    /** The place where it was given (GB/T 2260). */
    public String placeCode() {
        return value.substring(0, 6);
    }

    @Override
    public String toString() {
        return "ResidentIdNumber[redacted]";
    }
}
