package io.gatehouse.core.identity;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What personal data are used for. Consent is given for a purpose and a gallery is opened for one; data taken for one
 * purpose cannot be used for another. Immutable and thread-safe.
 *
 * @param value lower-case words joined by {@code -}, at most 64 characters: {@code access}, {@code attendance}
 */
public record Purpose(String value) {
    // First: the constants below are checked against it.
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /** Letting people through portals. */
    public static final Purpose ACCESS = new Purpose("access");

    /** Recording working time. */
    public static final Purpose ATTENDANCE = new Purpose("attendance");

    public Purpose {
        Objects.requireNonNull(value, "value");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "purpose '" + value + "' is not up to 64 lower-case letters, digits or '-'");
        }
    }

    public static Purpose of(String value) {
        return new Purpose(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
