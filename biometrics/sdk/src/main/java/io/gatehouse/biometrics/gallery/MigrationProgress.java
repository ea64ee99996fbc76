package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.PersonId;
import java.util.List;
import java.util.Objects;

/**
 * How far a gallery's people have come to a new model pack. Immutable and thread-safe.
 *
 * @param pack the new one
 * @param done how many people have a reference of it
 * @param left who has references of older packs only
 */
public record MigrationProgress(String pack, int done, List<PersonId> left) {
    public MigrationProgress {
        Objects.requireNonNull(pack, "pack");
        left = List.copyOf(left);
    }

    /** Whether nobody is left, so that the references of older packs can go. */
    public boolean isFinished() {
        return left.isEmpty();
    }

    /** Names nobody: a log may have it. */
    @Override
    public String toString() {
        return "MigrationProgress[" + pack + ", done " + done + ", left " + left.size() + "]";
    }
}
