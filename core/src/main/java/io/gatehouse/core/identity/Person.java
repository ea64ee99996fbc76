package io.gatehouse.core.identity;

import java.util.Objects;
import java.util.Set;

/**
 * Somebody the site knows: what rules ask about them. Immutable and thread-safe; {@code toString} leaves the name out.
 *
 * @param id     the site's identifier
 * @param name   how they are addressed, 1 to 200 characters
 * @param kind   what they are to the site
 * @param groups departments, posts and teams, as rules name them
 */
public record Person(PersonId id, String name, PersonKind kind, Set<String> groups) {
    private static final int MAX_NAME = 200;

    public Person {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "a name has 1 to " + MAX_NAME + " characters, this one " + name.length());
        }
        groups = Set.copyOf(groups);
    }

    @Override
    public String toString() {
        return "Person[" + id + ", " + kind + ", groups " + groups + "]";
    }
}
