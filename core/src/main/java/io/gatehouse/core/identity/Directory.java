package io.gatehouse.core.identity;

import java.util.Optional;

/** Port to whoever knows the people: an HR system, a table, a test's map. Implementations are thread-safe. */
@FunctionalInterface
public interface Directory {
    /** The person with this id, or empty if nobody (any more) has it. */
    Optional<Person> find(PersonId id);
}
