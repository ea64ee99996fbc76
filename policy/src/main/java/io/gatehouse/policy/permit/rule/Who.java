package io.gatehouse.policy.permit.rule;

import io.gatehouse.core.identity.Person;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import java.util.Collection;
import java.util.Set;

/**
 * Whom a rule is about. Each set that is not empty must hold the person: {@code groups} {lab, safety} with {@code kinds}
 * {CONTRACTOR} means contractors who are in lab or in safety. All empty means anybody in the directory. Immutable and
 * thread-safe; {@code toString} leaves the person ids out.
 *
 * <p>The directory names departments and posts among a person's groups, as {@code department:…} and {@code post:…}.
 *
 * @param persons     by name
 * @param groups      teams as the directory names them
 * @param departments departments, without {@code department:}
 * @param posts       posts and duties, without {@code post:}
 * @param kinds       what they are to the site
 * @param level       the least level, 0 for any
 */
public record Who(
        Set<PersonId> persons,
        Set<String> groups,
        Set<String> departments,
        Set<String> posts,
        Set<PersonKind> kinds,
        int level) {
    /** What stands before a department's name among a person's groups. */
    public static final String DEPARTMENT = "department:";

    /** What stands before a post's name among a person's groups. */
    public static final String POST = "post:";

    private static final int MAX_GROUP = 100;

    public Who {
        persons = Set.copyOf(persons);
        groups = requireNames(groups);
        departments = requireNames(departments);
        posts = requireNames(posts);
        kinds = Set.copyOf(kinds);
        if (level < 0 || level > Person.MAX_LEVEL) {
            throw new IllegalArgumentException("a level is 0 to " + Person.MAX_LEVEL + ", not " + level);
        }
    }

    /** These persons who are in these groups and of these kinds. */
    public Who(Set<PersonId> persons, Set<String> groups, Set<PersonKind> kinds) {
        this(persons, groups, Set.of(), Set.of(), kinds, 0);
    }

    public static Who anybody() {
        return new Who(Set.of(), Set.of(), Set.of());
    }

    /** Whether the rule says nothing of whom. */
    public boolean isAnybody() {
        return equals(anybody());
    }

    /**
     * Whether a person is meant.
     *
     * @param memberships the groups the person is in, with those that these lie in ({@link GroupTree#closure})
     */
    public boolean includes(Person person, Set<String> memberships) {
        return (persons.isEmpty() || persons.contains(person.id()))
                && any("", groups, memberships)
                && any(DEPARTMENT, departments, memberships)
                && any(POST, posts, memberships)
                && (kinds.isEmpty() || kinds.contains(person.kind()))
                && person.level() >= level;
    }

    private static boolean any(String prefix, Collection<String> names, Set<String> memberships) {
        return names.isEmpty() || names.stream().anyMatch(name -> memberships.contains(prefix + name));
    }

    private static Set<String> requireNames(Set<String> names) {
        for (String group : names) {
            if (group.isBlank() || group.length() > MAX_GROUP) {
                throw new IllegalArgumentException(
                        "a group's name has 1 to " + MAX_GROUP + " characters, this one " + group.length());
            }
        }
        return Set.copyOf(names);
    }

    @Override
    public String toString() {
        return "Who[" + persons.size() + " persons, groups " + groups + ", departments " + departments + ", posts "
                + posts + ", kinds " + kinds + ", level " + level + "]";
    }
}
