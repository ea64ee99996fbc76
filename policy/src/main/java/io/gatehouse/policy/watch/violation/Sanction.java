package io.gatehouse.policy.watch.violation;

/**
 * What may follow a violation. Immutable and thread-safe.
 *
 * @param id   its name in documents: 1 to 64 lower-case letters, digits, {@code -}
 * @param text its name for people
 */
public record Sanction(String id, String text) {
    public Sanction {
        ViolationCode.requireId("a sanction", id);
        if (text.isBlank()) {
            throw new IllegalArgumentException("sanction " + id + " needs a text for people");
        }
    }
}
