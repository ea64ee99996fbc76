package io.gatehouse.policy.permit;

import io.gatehouse.core.identity.Person;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import java.util.Collections;
import java.util.Set;

/**
 * Whom a rule is about. Each set that is not empty must hold the person: {@code groups} {lab, safety} with {@code kinds}
 * {CONTRACTOR} means contractors who are in lab or in safety. All three empty means anybody in the directory.
 * Immutable and thread-safe; {@code toString} leaves the person ids out.
 *
 * @param persons by name
 * @param groups  departments, posts and teams as the directory names them
 * @param kinds   what they are to the site
 */
public record Who(Set<PersonId> persons, Set<String> groups, Set<PersonKind> kinds) {
    private static final int MAX_GROUP = 100;

    public Who {
        persons = Set.copyOf(persons);
        groups = Set.copyOf(groups);
        kinds = Set.copyOf(kinds);
        for (String group : groups) {
            if (group.isBlank() || group.length() > MAX_GROUP) {
                throw new IllegalArgumentException(
                        "a group's name has 1 to " + MAX_GROUP + " characters, this one " + group.length());
            }
        }
    }

    public static Who anybody() {
        return new Who(Set.of(), Set.of(), Set.of());
    }

    public boolean includes(Person person) {
        return (persons.isEmpty() || persons.contains(person.id()))
                && (groups.isEmpty() || !Collections.disjoint(groups, person.groups()))
                && (kinds.isEmpty() || kinds.contains(person.kind()));
    }

    @Override
    public String toString() {
        return "Who[" + persons.size() + " persons, groups " + groups + ", kinds " + kinds + "]";
    }
}
