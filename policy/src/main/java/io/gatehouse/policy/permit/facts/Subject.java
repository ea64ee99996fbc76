package io.gatehouse.policy.permit.facts;

import io.gatehouse.core.identity.Person;
import java.util.Objects;

/**
 * A person whose groups were turned into numbers. Whoever decides much keeps them, one for each person, until the directory
 * says otherwise of them. Immutable and thread-safe.
 */
@SuppressWarnings("EnumOrdinal") // A bit in memory, never written down.
public final class Subject {
    private final Names names;
    private final Person person;
    private final int[] groups;
    private final int level;
    private final int kindBit;

    private Subject(Names names, Person person) {
        this.names = names;
        this.person = Objects.requireNonNull(person, "person");
        this.groups = person.groups().stream().mapToInt(names::number).sorted().toArray();
        this.level = person.level();
        this.kindBit = 1 << person.kind().ordinal();
    }

    public static Subject of(Names names, Person person) {
        return new Subject(names, person);
    }

    public Person person() {
        return person;
    }

    /** Whether the numbers are those of these names. */
    public boolean isNumberedBy(Names other) {
        return names == other;
    }

    /** The person's level, at hand. */
    public int level() {
        return level;
    }

    /** The bit of the person's kind, by its ordinal. */
    public int kindBit() {
        return kindBit;
    }

    public int groupCount() {
        return groups.length;
    }

    /** The number of one group. */
    public int group(int index) {
        return groups[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Subject that && names == that.names && person.equals(that.person);
    }

    @Override
    public int hashCode() {
        return person.hashCode();
    }

    @Override
    public String toString() {
        return person.toString();
    }
}
