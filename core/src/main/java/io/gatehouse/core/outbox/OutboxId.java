package io.gatehouse.core.outbox;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Names a gate's outbox, uniquely among all that deliver to one ledger. Immutable and thread-safe.
 *
 * @param value 1 to 64 lower-case letters, digits, {@code . _ -}
 */
public record OutboxId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9._-]{1,64}");

    public OutboxId {
        Objects.requireNonNull(value, "value");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("outbox id of " + value.length()
                    + " characters must be 1 to 64 lower-case letters, digits, '.', '_' or '-'");
        }
    }

    public static OutboxId of(String value) {
        return new OutboxId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
