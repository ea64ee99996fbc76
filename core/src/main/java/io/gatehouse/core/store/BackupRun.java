package io.gatehouse.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What came of a look at the schedule. Sealed, immutable, thread-safe. */
public sealed interface BackupRun {

    /** Applies the function of the case that this is. */
    <T> T fold(
            Function<? super NotDue, ? extends T> notDue,
            Function<? super Taken, ? extends T> taken,
            Function<? super Failed, ? extends T> failed);

    /** When the next backup, or the next attempt, is due. */
    Instant next();

    /** It is not time yet. */
    record NotDue(Instant next) implements BackupRun {
        public NotDue {
            Objects.requireNonNull(next, "next");
        }

        @Override
        public <T> T fold(
                Function<? super NotDue, ? extends T> notDue,
                Function<? super Taken, ? extends T> taken,
                Function<? super Failed, ? extends T> failed) {
            return notDue.apply(this);
        }
    }

    /**
     * A backup was taken, read back, and the old ones were dropped.
     *
     * @param backup  the new one
     * @param dropped the numbers of those dropped
     * @param oldest  when the oldest of those that stay was begun: a key that was shredded, with {@code shred} returned,
     *                before this time is in none of the backups of this directory
     */
    record Taken(Backup backup, List<Long> dropped, Instant oldest, Instant next) implements BackupRun {
        public Taken {
            Objects.requireNonNull(backup, "backup");
            dropped = List.copyOf(dropped);
            Objects.requireNonNull(oldest, "oldest");
            Objects.requireNonNull(next, "next");
        }

        @Override
        public <T> T fold(
                Function<? super NotDue, ? extends T> notDue,
                Function<? super Taken, ? extends T> taken,
                Function<? super Failed, ? extends T> failed) {
            return taken.apply(this);
        }
    }

    /**
     * It failed, and is tried again. Somebody should look.
     *
     * @param taken the new backup, if that went well and only dropping the old ones failed: what was shredded lives on in
     *              them until that is done
     * @param cause what is wrong, where, and what to do
     */
    record Failed(Optional<Backup> taken, Exception cause, Instant next) implements BackupRun {
        public Failed {
            Objects.requireNonNull(taken, "taken");
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(next, "next");
        }

        @Override
        public <T> T fold(
                Function<? super NotDue, ? extends T> notDue,
                Function<? super Taken, ? extends T> taken,
                Function<? super Failed, ? extends T> failed) {
            return failed.apply(this);
        }
    }
}
