package io.gatehouse.policy.retain.change;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A version of a document that somebody proposed. Immutable and thread-safe; {@code toString} leaves the text out.
 *
 * @param id        unique
 * @param document  the same for all versions, such as {@code retention} or {@code permit.site}
 * @param version   counts up from 1
 * @param text      the whole document, 1 to 1,000,000 characters
 * @param sha256    lower-case hex of the SHA-256 of the text in UTF-8
 * @param at        when, in whole milliseconds
 */
public record ProposedChange(UUID id, String document, long version, String text, String sha256, Instant at) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9.-]{0,63}");
    private static final int MAX_TEXT = 1_000_000;

    public ProposedChange {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(at, "at");
        if (!FORM.matcher(document).matches()) {
            throw new IllegalArgumentException(
                    "a document is named by lower-case letters, digits, '.' and '-', not '" + document + "'");
        }
        if (version < 1 || text.isBlank() || text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("a document has a version from 1 on and 1 to " + MAX_TEXT
                    + " characters, not version " + version + " and " + text.length());
        }
    }

    @Override
    public String toString() {
        return "ProposedChange[" + id + ", " + document + " version " + version + ", " + at + "]";
    }
}
