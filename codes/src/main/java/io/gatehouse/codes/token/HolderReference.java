package io.gatehouse.codes.token;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Whom or what a pass is for, in the issuer's own words: a staff number, a booking, a consignment. Whoever reads the code
 * can read it, so a number that means something only to the site is better than a name; digits are also the smallest.
 * Immutable and thread-safe; {@code toString} leaves it out.
 *
 * @param value 1 to 64 letters of any script, digits, {@code . _ -}
 */
public record HolderReference(String value) {
    private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}._-]{1,64}");

    public HolderReference {
        Objects.requireNonNull(value, "value");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a holder reference of " + value.length()
                    + " characters must be 1 to 64 letters, digits, '.', '_' or '-'");
        }
    }

    public static HolderReference of(String value) {
        return new HolderReference(value);
    }

    @Override
    public String toString() {
        return "HolderReference[" + value.length() + " characters]";
    }
}
