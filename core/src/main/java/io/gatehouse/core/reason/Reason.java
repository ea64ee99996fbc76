package io.gatehouse.core.reason;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Why something was refused: a stable code that programs may switch on, and a sentence that says what, where and what
 * to do. {@link ReasonTexts} says it in other languages. Immutable and thread-safe. Two reasons are equal if code and
 * text are: one that was written down and read again has lost the arguments, which its text names anyway.
 *
 * @param code      dotted lower-case words, room first: {@code code.expired}, {@code face.attack}, {@code permit.outside-hours}
 * @param text      one English sentence for a person; holds no secrets and no templates
 * @param arguments what the sentence names, for a sentence in another language: numbers and strings; empty if nothing
 */
public record Reason(String code, String text, List<Object> arguments) {
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
        arguments = plain(arguments);
    }

    public static Reason of(String code, String text) {
        return new Reason(code, text, List.of());
    }

    /** A reason whose text is built with {@link String#format(Locale, String, Object...)} in the root locale. */
    public static Reason format(String code, String format, Object... arguments) {
        return new Reason(code, String.format(Locale.ROOT, format, arguments), List.of(arguments));
    }

    /** Whatever is neither a boxed number nor a string is kept as its string, so that a reason cannot change later. */
    private static List<Object> plain(List<Object> arguments) {
        List<Object> plain = new ArrayList<>();
        for (Object argument : arguments) {
            boolean keeps = argument instanceof Integer || argument instanceof Long || argument instanceof Double;
            plain.add(keeps ? argument : String.valueOf(argument));
        }
        return List.copyOf(plain);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reason reason && code.equals(reason.code) && text.equals(reason.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(code, text);
    }

    @Override
    public String toString() {
        return code + ": " + text;
    }
}
