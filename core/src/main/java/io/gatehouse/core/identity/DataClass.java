package io.gatehouse.core.identity;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A kind of personal data that is kept, encrypted and destroyed as one: each person has a key per data class.
 * Immutable and thread-safe.
 *
 * @param value lower-case words joined by {@code -}, at most 64 characters
 */
public record DataClass(String value) {
    // First: the constants below are checked against it.
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /** Face templates. */
    public static final DataClass FACE_TEMPLATE = new DataClass("face-template");

    /** What the ledger says about a person. */
    public static final DataClass LEDGER = new DataClass("ledger");

    public DataClass {
        Objects.requireNonNull(value, "value");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "data class '" + value + "' is not up to 64 lower-case letters, digits or '-'");
        }
    }

    public static DataClass of(String value) {
        return new DataClass(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
