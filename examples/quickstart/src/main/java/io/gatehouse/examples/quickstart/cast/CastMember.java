package io.gatehouse.examples.quickstart.cast;

import io.gatehouse.core.identity.PersonId;
import java.util.List;
import java.util.Objects;

/**
 * Somebody who comes in the morning. Immutable and thread-safe.
 *
 * @param id            their staff number
 * @param name          how they are called
 * @param enrolment     the picture they are enrolled from
 * @param presentations the pictures they present themselves with, at least one
 */
public record CastMember(PersonId id, String name, Photograph enrolment, List<Photograph> presentations) {
    public CastMember {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(enrolment, "enrolment");
        presentations = List.copyOf(presentations);
        if (presentations.isEmpty()) {
            throw new IllegalArgumentException(id + " has nothing to present themselves with");
        }
    }
}
