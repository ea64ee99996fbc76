package io.gatehouse.policy.consent;

import java.util.regex.Pattern;

/**
 * Who answered for a person who may not answer alone. Immutable and thread-safe; {@code toString} redacts it. Kept sealed
 * under the key of the person they answered for, and forgotten with them.
 *
 * @param name     who, 1 to 200 characters in one line
 * @param relation what they are to the person, for example {@code mother} or {@code legal guardian}; 1 to 100 characters
 */
public record Guardian(String name, String relation) {
    private static final int MAX_NAME = 200;
    private static final int MAX_RELATION = 100;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    public Guardian {
        requireLine("a guardian's name", name, MAX_NAME);
        requireLine("a guardian's relation", relation, MAX_RELATION);
    }

    private static void requireLine(String what, String text, int most) {
        if (text.isBlank() || text.length() > most || CONTROL.matcher(text).find()) {
            throw new IllegalArgumentException(
                    what + " has 1 to " + most + " characters in one line, this has " + text.length());
        }
    }

    @Override
    public String toString() {
        return "Guardian[redacted]";
    }
}
