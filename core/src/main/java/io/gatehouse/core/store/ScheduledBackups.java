package io.gatehouse.core.store;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes backups when a schedule says so and drops old ones. It has no thread: let an executor run it now and then, such
 * as {@code executor.scheduleWithFixedDelay(backups, 0, 1, MINUTES)}; a run between two backups costs next to nothing.
 * Thread-safe: one run at a time does its work. {@link #run} throws nothing of its own: every outcome, failures with their
 * cause, goes to the listener, which must not throw either, for an executor would stop then.
 *
 * <p>What is promised of shredding: once a backup is dropped, none of the directory's files holds what only it held. The
 * file system may keep the blocks of deleted files for a while; these are encrypted, and readable to whoever has both the
 * disk and the backups' key. Copies of the directory elsewhere are dropped by whoever made them.
 */
public final class ScheduledBackups implements Runnable {
    private final Backups backups;
    private final Store store;
    private final BackupSchedule schedule;
    private final InstantSource clock;
    private final Consumer<? super BackupRun> listener;
    private @Nullable Instant retryAt;
    private @Nullable Backup undropped;

    private ScheduledBackups(
            Backups backups,
            Store store,
            BackupSchedule schedule,
            InstantSource clock,
            Consumer<? super BackupRun> listener) {
        this.backups = Objects.requireNonNull(backups, "backups");
        this.store = Objects.requireNonNull(store, "store");
        this.schedule = Objects.requireNonNull(schedule, "schedule");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * Backups of a store by a schedule. The caller closes both, after the last run.
     *
     * @param clock    the one that {@code backups} has
     * @param listener is told of every run, by its thread
     */
    public static ScheduledBackups create(
            Backups backups,
            Store store,
            BackupSchedule schedule,
            InstantSource clock,
            Consumer<? super BackupRun> listener) {
        return new ScheduledBackups(backups, store, schedule, clock, listener);
    }

    /** {@link #runDue}, and tells the listener. */
    @Override
    public void run() {
        listener.accept(runDue());
    }

    /** Does what is due now. */
    public synchronized BackupRun runDue() {
        Instant now = clock.instant();
        Backup taken = null;
        try {
            if (isBeforeRetry(now)) {
                return new BackupRun.NotDue(Objects.requireNonNull(retryAt));
            }
            taken = undropped;
            if (taken == null) {
                Instant due = next(backups.newest(), now);
                if (due.isAfter(now)) {
                    return new BackupRun.NotDue(due);
                }
                taken = backups.take(store);
                undropped = taken;
            }
            BackupRun done = drop(taken);
            undropped = null;
            retryAt = null;
            return done;
        } catch (IOException | RuntimeException e) {
            retryAt = now.plus(schedule.retryAfter());
            return new BackupRun.Failed(Optional.ofNullable(taken), e, retryAt);
        }
    }

    /** Not if the clock was set back since the failure. */
    private boolean isBeforeRetry(Instant now) {
        Instant at = retryAt;
        return at != null && now.isBefore(at) && !at.isAfter(now.plus(schedule.retryAfter()));
    }

    private BackupRun drop(Backup taken) throws IOException {
        Instant now = clock.instant();
        List<Backup> all = backups.list();
        Set<Long> kept = new HashSet<>(schedule.kept(all, now));
        kept.add(all.get(all.size() - 1).number());
        List<Long> dropped = backups.keep(kept);
        Instant oldest = all.stream()
                .filter(backup -> !dropped.contains(backup.number()))
                .map(Backup::takenAt)
                .min(Instant::compareTo)
                .orElseThrow();
        return new BackupRun.Taken(taken, dropped, oldest, next(Optional.of(taken), now));
    }

    /** At once if there is none yet, or the clock was set back since: who knows when it will have caught up. */
    private Instant next(Optional<Backup> last, Instant now) {
        return last.filter(backup -> !backup.takenAt().isAfter(now))
                .map(backup -> schedule.due(backup, now))
                .orElse(now);
    }

    @Override
    public String toString() {
        return "ScheduledBackups[" + store + " to " + backups + ", " + schedule + "]";
    }
}
