package io.gatehouse.policy.approve.chain;

import io.gatehouse.core.identity.PersonId;
import java.util.Objects;

/** Who is asked, by their relation to the request. Sealed, immutable, thread-safe. */
public sealed interface Approvers {

    /** The requester's direct superior. */
    record Superior() implements Approvers {}

    /** The head of the requester's own department. */
    record OwnHead() implements Approvers {}

    /** The head of this department. */
    record HeadOf(String department) implements Approvers {
        public HeadOf {
            requireName("a department", department);
        }
    }

    /** The head of the department that a field of the form names. */
    record HeadOfField(String field) implements Approvers {
        public HeadOfField {
            requireName("a field", field);
        }
    }

    /** Everybody who has this role. */
    record Role(String role) implements Approvers {
        public Role {
            requireName("a role", role);
        }
    }

    /** This person. */
    record Named(PersonId person) implements Approvers {
        public Named {
            Objects.requireNonNull(person, "person");
        }
    }

    /** The person whom a field of the form names. */
    record NamedInField(String field) implements Approvers {
        public NamedInField {
            requireName("a field", field);
        }
    }

    /** Who made the request; for what is recorded only, since nobody approves their own. */
    record Requester() implements Approvers {}

    private static void requireName(String what, String name) {
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException(what + " has a name of 1 to 200 characters, not of " + name.length());
        }
    }
}
