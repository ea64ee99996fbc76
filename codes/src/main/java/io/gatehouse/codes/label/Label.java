package io.gatehouse.codes.label;

import io.gatehouse.codes.token.IssuedPass;
import java.util.List;
import java.util.Objects;

/**
 * One label: a code, its number in print, and lines of text. Immutable and thread-safe; {@code toString} leaves the payload out.
 *
 * @param id      its number, printed under the text
 * @param payload what the code says, 1 to 500 characters
 * @param lines   at most 6 lines of text of up to 60 characters, printed from the top
 */
public record Label(LabelId id, String payload, List<String> lines) {
    private static final int MAX_PAYLOAD = 500;
    private static final int MAX_LINES = 6;
    private static final int MAX_LINE = 60;

    public Label {
        Objects.requireNonNull(id, "id");
        if (payload.isEmpty() || payload.length() > MAX_PAYLOAD) {
            throw new IllegalArgumentException(
                    "a label's code has 1 to " + MAX_PAYLOAD + " characters, that of " + id + " " + payload.length());
        }
        lines = List.copyOf(lines);
        if (lines.size() > MAX_LINES || lines.stream().anyMatch(Label::isUnfit)) {
            throw new IllegalArgumentException("label " + id + " has at most " + MAX_LINES + " lines of up to "
                    + MAX_LINE + " characters, none of them a control character");
        }
    }

    private static boolean isUnfit(String line) {
        return line.length() > MAX_LINE || line.chars().anyMatch(Character::isISOControl);
    }

    /** A label whose code is its number: whoever has a printer can make another. */
    public static Label of(LabelId id, String... lines) {
        return new Label(id, id.value(), List.of(lines));
    }

    /** A label whose code is a signed pass, which nobody else can make; its code is larger. */
    public static Label signed(LabelId id, IssuedPass pass, String... lines) {
        return new Label(id, pass.text(), List.of(lines));
    }

    @Override
    public String toString() {
        return "Label[" + id + "]";
    }
}
