package io.gatehouse.core.place;

import java.util.Objects;
import java.util.regex.Pattern;

/** The one form of identifiers of places: 1 to 64 lower-case letters, digits, {@code . _ -}. */
final class PlaceId {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private PlaceId() {}

    static String require(String what, String value) {
        Objects.requireNonNull(value, what);
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    what + " '" + value + "' is not 1 to 64 lower-case letters, digits, '.', '_' or '-'");
        }
        return value;
    }
}
