package io.gatehouse.core.decision;

/**
 * Something that must happen along with a granted passage, for example that the guard is told or an escort comes.
 * Immutable and thread-safe.
 *
 * @param code stable word for programs: {@code escort}, {@code notify}, {@code mark}
 * @param text one sentence for people
 */
public record Obligation(String code, String text) {
    public Obligation {
        if (code.isBlank() || text.isBlank()) {
            throw new IllegalArgumentException(
                    "an obligation needs a code and a text, has '" + code + "' and '" + text + "'");
        }
    }
}
