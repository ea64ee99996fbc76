package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.EntryWriter.Recorded;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Brings events of many threads into one order and makes many of them durable with one commit. Thread-safe.
 *
 * <p>Who appends seals the event in its own thread and queues it. Whoever then holds {@link #writing} takes what is
 * queued, in that order, and writes it in one transaction: a caller that waits does so itself if nobody else is at it,
 * since handing one entry to another thread would take longer than a good part of the commit; the rest falls to a task
 * of the executor, which ends when the queue is empty. While one commit runs, the entries of the next gather.
 *
 * <p>Futures are completed after the commit and outside the lock, so that what hangs on them may append in turn. At
 * most {@link #CAPACITY} events are on their way; who comes then waits, or writes for the others.
 */
final class GroupCommit {
    static final int CAPACITY = 8_192;

    static final int MAX_BATCH = 4_096;
    private static final int MAX_BATCH_BYTES = 8 << 20;
    private static final int LOOK_AGAIN_MILLIS = 20;

    private final Sealing sealing;
    private final Writing writer;
    private final Opening opening;
    private final Executor executor;
    private final ConcurrentMap<UUID, Flight> flights = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Flight> queue = new ConcurrentLinkedQueue<>();
    private final Semaphore space = new Semaphore(CAPACITY);
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean closed;

    /** Makes an event ready. */
    @FunctionalInterface
    interface Sealing {
        SealedEntry seal(LedgerEvent event) throws IOException;
    }

    /** Makes entries durable; called by one thread at a time. */
    @FunctionalInterface
    interface Writing {
        List<Recorded> write(List<SealedEntry> entries) throws IOException;
    }

    /** What the caller gets back. */
    @FunctionalInterface
    interface Opening {
        LedgerEntry open(Recorded recorded) throws IOException;
    }

    /** An event on its way, and who waits for it. */
    private static final class Flight {
        final LedgerEvent event;
        final CompletableFuture<LedgerEntry> durable = new CompletableFuture<>();

        @Nullable
        SealedEntry entry;

        Flight(LedgerEvent event) {
            this.event = event;
        }

        SealedEntry sealed() {
            return Objects.requireNonNull(entry, "a queued event is sealed");
        }
    }

    GroupCommit(Sealing sealing, Writing writer, Opening opening, Executor executor) {
        this.sealing = sealing;
        this.writer = writer;
        this.opening = opening;
        this.executor = executor;
    }

    /** Completes when the event is durable; whatever fails, fails the future. */
    CompletableFuture<LedgerEntry> append(LedgerEvent event) {
        CompletableFuture<LedgerEntry> durable = enqueue(event);
        if (!queue.isEmpty()) {
            schedule();
        }
        // A copy: a caller that cancels must not cancel it for others who sent the same event.
        return durable.copy();
    }

    /** As {@link #append}, by the caller's own hand if nobody else is writing. */
    LedgerEntry appendAndWait(LedgerEvent event) throws IOException {
        CompletableFuture<LedgerEntry> durable = enqueue(event);
        if (!durable.isDone() && writing.tryLock()) {
            writeOneBatch();
        }
        if (!queue.isEmpty()) {
            schedule();
        }
        return Outcomes.await(durable);
    }

    private CompletableFuture<LedgerEntry> enqueue(LedgerEvent event) {
        Objects.requireNonNull(event, "event");
        Flight flight = new Flight(event);
        Flight other = flights.putIfAbsent(event.id(), flight);
        if (other != null) {
            return other.event.equals(event)
                    ? other.durable
                    : CompletableFuture.failedFuture(new IllegalArgumentException(
                            "event " + event.id() + " is being recorded with other content: an id is used once"));
        }
        boolean hasSpace = false;
        try {
            awaitSpace();
            hasSpace = true;
            flight.entry = sealing.seal(event);
        } catch (IOException | RuntimeException | Error e) {
            if (hasSpace) {
                space.release();
            }
            flights.remove(event.id(), flight);
            flight.durable.completeExceptionally(e);
            return flight.durable;
        }
        queue.add(flight);
        if (closed) {
            // Closing may have looked at the queue just before.
            writeAll();
        }
        return flight.durable;
    }

    private void awaitSpace() throws IOException {
        if (closed) {
            throw new IllegalStateException("the ledger is closed");
        }
        try {
            // Looks again and again, for the thread that waits may be the executor's, which else would empty the queue.
            while (!space.tryAcquire() && !space.tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                if (writing.tryLock()) {
                    writeOneBatch();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted =
                    new InterruptedIOException("interrupted while the ledger's queue was full; nothing was recorded");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private void schedule() {
        if (!scheduled.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(this::run);
        } catch (RuntimeException e) {
            scheduled.set(false);
            // An executor that takes no more must not leave anybody waiting.
            writeAll();
        }
    }

    private void run() {
        try {
            writeAll();
        } finally {
            scheduled.set(false);
            if (!queue.isEmpty()) {
                schedule();
            }
        }
    }

    private void writeAll() {
        while (!queue.isEmpty()) {
            writing.lock();
            writeOneBatch();
        }
    }

    /** Needs {@link #writing}, and gives it back. */
    private void writeOneBatch() {
        List<Flight> batch = new ArrayList<>();
        List<Recorded> recorded = List.of();
        Throwable failure = null;
        try {
            takeBatch(batch);
            if (!batch.isEmpty()) {
                recorded = writer.write(batch.stream().map(Flight::sealed).toList());
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        } finally {
            writing.unlock();
        }
        space.release(batch.size());
        if (failure == null) {
            complete(batch, recorded);
        } else {
            fail(batch, failure);
        }
    }

    private void takeBatch(List<Flight> batch) {
        int bytes = 0;
        while (batch.size() < MAX_BATCH && bytes < MAX_BATCH_BYTES) {
            Flight next = queue.poll();
            if (next == null) {
                return;
            }
            batch.add(next);
            bytes += next.sealed().content().length;
        }
    }

    /** Ids leave the table before anybody hears of them: who sends one again then finds it in the store. */
    private void complete(List<Flight> batch, List<Recorded> recorded) {
        List<Flight> done = new ArrayList<>(batch.size());
        for (Recorded each : recorded) {
            done.add(Objects.requireNonNull(flights.remove(each.entry().event().id()), "each id has one flight"));
        }
        for (int i = 0; i < recorded.size(); i++) {
            try {
                done.get(i).durable.complete(opening.open(recorded.get(i)));
            } catch (IOException | RuntimeException e) {
                done.get(i).durable.completeExceptionally(e);
            }
        }
    }

    private void fail(List<Flight> batch, Throwable failure) {
        batch.forEach(flight -> flights.remove(flight.event.id(), flight));
        batch.forEach(flight -> flight.durable.completeExceptionally(failure));
    }

    /** Runs while nobody writes. */
    <T> T exclusively(Exclusive<T> work) throws IOException {
        writing.lock();
        try {
            return work.run();
        } finally {
            writing.unlock();
        }
    }

    /** What {@link #exclusively} runs. */
    @FunctionalInterface
    interface Exclusive<T> {
        T run() throws IOException;
    }

    /** Takes no more events and returns when those on their way are durable or have failed. */
    void close() {
        closed = true;
        writeAll();
        // The last batch may be another thread's: waits for it, and finds no more.
        writing.lock();
        writeOneBatch();
    }
}
