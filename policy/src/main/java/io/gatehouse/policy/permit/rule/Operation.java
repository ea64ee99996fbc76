package io.gatehouse.policy.permit.rule;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.place.ZoneCode;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What somebody may do with records, recordings or settings, where a rule is not about passing a place. Immutable and
 * thread-safe.
 *
 * @param actions   any of these, at least one
 * @param resources kinds of resources as the application names them, any of these ({@code attendance-record},
 *                  {@code recording}, {@code rules}); empty for every kind
 * @param relation  what the resource must have to do with whoever asks
 */
public record Operation(Set<Action> actions, Set<String> resources, Relation relation) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /** What is done. */
    public enum Action {
        VIEW,
        EXPORT,
        CORRECT,
        APPROVE,
        CONFIGURE
    }

    /** What a resource has to do with whoever asks for it. */
    public enum Relation {
        /** Nothing in particular. */
        ANY,
        /** It is about them. */
        OWN,
        /** It is their department's, or one's within it. */
        DEPARTMENT
    }

    public Operation {
        actions = Set.copyOf(actions);
        resources = Set.copyOf(resources);
        Objects.requireNonNull(relation, "relation");
        if (actions.isEmpty()) {
            throw new IllegalArgumentException("a rule about resources names at least one action");
        }
        resources.forEach(Operation::requireKind);
    }

    /**
     * One thing that something is to be done with. Immutable and thread-safe; {@code toString} leaves the owner out.
     *
     * @param kind       as rules name it
     * @param owner      whom it is about, if one person
     * @param department whose it is, if a department's
     * @param zone       where it was recorded, if somewhere
     */
    public record Resource(
            String kind, Optional<PersonId> owner, Optional<String> department, Optional<ZoneCode> zone) {
        public Resource {
            requireKind(kind);
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(department, "department");
            Objects.requireNonNull(zone, "zone");
        }

        /** A resource that is nobody's and nowhere, such as the rules themselves. */
        public static Resource of(String kind) {
            return new Resource(kind, Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** One that is about a person. */
        public static Resource ofPerson(String kind, PersonId owner) {
            return new Resource(kind, Optional.of(owner), Optional.empty(), Optional.empty());
        }

        @Override
        public String toString() {
            return "Resource[" + kind + ", department " + department.orElse("none") + ", zone "
                    + zone.map(ZoneCode::value).orElse("none") + "]";
        }
    }

    private static void requireKind(String kind) {
        if (!FORM.matcher(kind).matches()) {
            throw new IllegalArgumentException(
                    "kind of resource '" + kind + "' is not 1 to 64 lower-case letters, digits or '-'");
        }
    }
}
