package io.gatehouse.core.identity;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The site's own identifier of a person, for example a staff number. Immutable and thread-safe. It is personal data:
 * the ledger keeps a random pseudonym in its place.
 *
 * @param value 1 to 64 letters of any script, digits, {@code . _ -}
 */
public record PersonId(String value) implements Comparable<PersonId> {
    private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}._-]{1,64}");

    public PersonId {
        Objects.requireNonNull(value, "value");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "person id of " + value.length() + " characters must be 1 to 64 letters, digits, '.', '_' or '-'");
        }
    }

    public static PersonId of(String value) {
        return new PersonId(value);
    }

    @Override
    public int compareTo(PersonId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
