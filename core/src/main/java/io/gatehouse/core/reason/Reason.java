package io.gatehouse.core.reason;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Why something was refused: a stable code that programs may switch on, and a sentence that says what, where and what
 * to do. Immutable and thread-safe.
 *
 * @param code dotted lower-case words, room first: {@code code.expired}, {@code face.attack}, {@code permit.outside-hours}
 * @param text one English sentence for a person; holds no secrets and no templates
 */
public record Reason(String code, String text) {
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)+");
    private static final int MAX_TEXT = 1_000;

    public Reason {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(text, "text");
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException(
                    "reason code '" + code + "' is not dotted lower-case words such as code.expired");
        }
        if (text.isBlank() || text.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "reason " + code + " needs a text of 1 to " + MAX_TEXT + " characters, has " + text.length());
        }
    }

    public static Reason of(String code, String text) {
        return new Reason(code, text);
    }

    /** A reason whose text is built with {@link String#format(Locale, String, Object...)} in the root locale. */
    public static Reason format(String code, String format, Object... arguments) {
        return new Reason(code, String.format(Locale.ROOT, format, arguments));
    }

    @Override
    public String toString() {
        return code + ": " + text;
    }
}
