package io.gatehouse.codes.label;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A short number of a labelled thing, with a check character (ISO/IEC 7064, MOD 37,36) that finds every single wrong character and
 * nearly every two neighbours that changed places: for what people type when a code does not read. It proves nothing:
 * whoever sees one can write another. Immutable and thread-safe.
 *
 * @param value 2 to 33 digits and capital letters, the last of them the check character
 */
public record LabelId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9A-Z]{2,33}");
    private static final String CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int MODULUS = 36;

    public LabelId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a label's number has 2 to 33 digits and capital letters, not '" + value + "'");
        }
        String body = value.substring(0, value.length() - 1);
        if (check(body) != value.charAt(value.length() - 1)) {
            throw new IllegalArgumentException("the last character of " + value + " should be " + check(body)
                    + ": one of the others was misread, or two changed places");
        }
    }

    /** The number with these characters and its check character. */
    public static LabelId of(String body) {
        if (!FORM.matcher(body + "0").matches()) {
            throw new IllegalArgumentException(
                    "a label's number has 1 to 32 digits and capital letters before its check character, not '" + body
                            + "'");
        }
        return new LabelId(body + check(body));
    }

    /**
     * A number of a series: {@code of("G", 42, 6)} is G000042 and its check character.
     *
     * @param digits how many at least, filled with zeros, so that all of a series are as long
     */
    public static LabelId numbered(String prefix, long number, int digits) {
        if (number < 0 || digits < 1 || digits > 18) {
            throw new IllegalArgumentException(
                    "a series counts up from 0 with 1 to 18 digits, not " + number + " with " + digits);
        }
        return of(prefix + String.format(Locale.ROOT, "%0" + digits + "d", number));
    }

    /** The number that somebody typed, in either case, with or without spaces and dashes; empty if it is none. */
    public static Optional<LabelId> parse(String typed) {
        String value = typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        if (!FORM.matcher(value).matches()) {
            return Optional.empty();
        }
        String body = value.substring(0, value.length() - 1);
        return check(body) == value.charAt(value.length() - 1) ? Optional.of(new LabelId(value)) : Optional.empty();
    }

    private static char check(String body) {
        int product = MODULUS;
        for (int i = 0; i < body.length(); i++) {
            int sum = (product + CHARACTERS.indexOf(body.charAt(i))) % MODULUS;
            product = (sum == 0 ? MODULUS : sum) * 2 % (MODULUS + 1);
        }
        return CHARACTERS.charAt((MODULUS + 1 - product) % MODULUS);
    }

    @Override
    public String toString() {
        return value;
    }
}
