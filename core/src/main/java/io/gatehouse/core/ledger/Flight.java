package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.EntryWriter.Recorded;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to the disk, and who waits for it.
 *
 * <p>Waking a thread takes about as long as writing an entry. So whoever writes wakes one of those that wait, and each
 * that wakes wakes two more before it does anything else: the next commit begins meanwhile.
 */
final class Flight {
    /** Who sleeps looks again after this, should the one that was to wake it have failed. */
    private static final long LONGEST_SLEEP_NANOS = 50_000_000;

    final LedgerEvent event;

    /** Completed by whoever writes: no caller's code may hang on it, and what the caller gets is made by others. */
    final CompletableFuture<Recorded> durable = new CompletableFuture<>();

    /** What a caller that does not wait got; callers' code hangs on it. */
    final @Nullable CompletableFuture<LedgerEntry> told;

    private final @Nullable Thread waiting;
    private @Nullable SealedEntry entry;

    /** Set before {@link #durable} is completed, and read after. */
    private @Nullable Flight wakesFirst;

    private @Nullable Flight wakesSecond;

    private Flight(LedgerEvent event, @Nullable CompletableFuture<LedgerEntry> told, @Nullable Thread waiting) {
        this.event = event;
        this.told = told;
        this.waiting = waiting;
    }

    /** Whose caller is told by a future. */
    static Flight told(LedgerEvent event, CompletableFuture<LedgerEntry> told) {
        return new Flight(event, told, null);
    }

    /** Whose caller, this thread, will {@link #await} it. */
    static Flight awaited(LedgerEvent event) {
        return new Flight(event, null, Thread.currentThread());
    }

    void seal(SealedEntry sealed) {
        entry = sealed;
    }

    SealedEntry sealed() {
        return Objects.requireNonNull(entry, "a queued event is sealed");
    }

    /** Needs {@link #durable} to be done. */
    void tell(GroupCommit.Opening opening) {
        Objects.requireNonNull(told, "nobody is to be told");
        try {
            told.complete(opening.open(durable.join()));
        } catch (CompletionException e) {
            told.completeExceptionally(e.getCause() == null ? e : e.getCause());
        } catch (IOException | RuntimeException | Error e) {
            told.completeExceptionally(e);
        }
    }

    /** Waits on when interrupted, for the event is on its way to the disk; the interrupt stays set. */
    Recorded await() throws IOException {
        boolean interrupted = false;
        while (!durable.isDone()) {
            LockSupport.parkNanos(this, LONGEST_SLEEP_NANOS);
            interrupted |= Thread.interrupted();
        }
        wakeOthers();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return Outcomes.await(durable);
    }

    /** Needs {@link #durable} to be done; doing it again does no harm. */
    void wakeOthers() {
        wake(wakesFirst);
        wake(wakesSecond);
    }

    private static void wake(@Nullable Flight other) {
        if (other != null) {
            LockSupport.unpark(other.waiting);
        }
    }

    /**
     * Says who wakes whom, before any of these is completed.
     *
     * @return whom to {@link #wake} when all are; null if nobody waits but this thread
     */
    static @Nullable Flight plan(List<Flight> batch) {
        List<Flight> asleep = batch.stream()
                .filter(each -> each.waiting != null && each.waiting != Thread.currentThread())
                .toList();
        for (int i = 1; i < asleep.size(); i++) {
            Flight waker = asleep.get((i - 1) / 2);
            if (i % 2 == 1) {
                waker.wakesFirst = asleep.get(i);
            } else {
                waker.wakesSecond = asleep.get(i);
            }
        }
        return asleep.isEmpty() ? null : asleep.get(0);
    }

    /** Wakes the first, and through it all others of the batch. */
    static void wakeAll(@Nullable Flight first) {
        wake(first);
    }
}
