package io.gatehouse.examples.quickstart.cast;

import io.gatehouse.core.identity.PersonId;
import java.util.Objects;
import java.util.Optional;

/**
 * Somebody who does not want their face to be used and has another way in. Immutable and thread-safe.
 *
 * @param id   their staff number
 * @param name how they are called
 * @param face a picture of them, which is never enrolled; empty if there is none
 */
public record Decliner(PersonId id, String name, Optional<Photograph> face) {
    public Decliner {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(face, "face");
    }
}
