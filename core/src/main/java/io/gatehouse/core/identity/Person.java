package io.gatehouse.core.identity;

import java.util.Objects;
import java.util.Set;

/**
 * Somebody the site knows: what rules ask about them. Immutable and thread-safe; {@code toString} leaves the name out.
 *
 * @param id     the site's identifier
 * @param name   how they are addressed, 1 to 200 characters
 * @param kind   what they are to the site
 * @param groups teams, departments ({@code department:…}) and posts ({@code post:…}), as rules name them
 * @param level  how far up they are, 0 to {@link #MAX_LEVEL}, for rules that ask for a least level
 */
public record Person(PersonId id, String name, PersonKind kind, Set<String> groups, int level) {
    /** The highest level. */
    public static final int MAX_LEVEL = 15;

    private static final int MAX_NAME = 200;

    public Person {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "a name has 1 to " + MAX_NAME + " characters, this one " + name.length());
        }
        if (level < 0 || level > MAX_LEVEL) {
            throw new IllegalArgumentException("a level is 0 to " + MAX_LEVEL + ", not " + level);
        }
        groups = Set.copyOf(groups);
    }

    /** Somebody of level 0. */
    public Person(PersonId id, String name, PersonKind kind, Set<String> groups) {
        this(id, name, kind, groups, 0);
    }

    @Override
    public String toString() {
        return "Person[" + id + ", " + kind + ", groups " + groups + ", level " + level + "]";
    }
}
