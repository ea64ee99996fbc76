package io.gatehouse.policy.approve.chain;

import io.gatehouse.core.identity.PersonId;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/** Port to whoever knows the organisation: an HR system, a table, a test's map. Implementations are thread-safe. */
public interface Organisation {
    /** The direct superior; empty if there is none. */
    Optional<PersonId> superior(PersonId person);

    /** The department somebody belongs to. */
    Optional<String> department(PersonId person);

    /** The head of a department; empty if it has none, or there is no such department. */
    Optional<PersonId> head(String department);

    /** Everybody who has a role; empty if nobody has. */
    Set<PersonId> role(String role);

    /** Whether somebody cannot be asked on a day. */
    boolean isAbsent(PersonId person, LocalDate day);

    /** Who decides for somebody on a day while they are absent, as they or their department said. */
    Optional<PersonId> delegate(PersonId person, LocalDate day);
}
