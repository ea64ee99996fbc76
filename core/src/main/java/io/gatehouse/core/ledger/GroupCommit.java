package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.EntryWriter.Recorded;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings events of many threads into one order and makes many of them durable with one commit. Thread-safe.
 *
 * <p>Who appends seals the event in its own thread and queues it. Whoever then holds {@link #writing} takes what is
 * queued, in that order, and writes it in one transaction: a caller that waits does so itself if nobody else is at it,
 * since handing one entry to another thread would take longer than a good part of the commit; the rest falls to a task
 * of the executor, which ends when the queue is empty. While one commit runs, the entries of the next gather.
 *
 * <p>Who writes makes no answers, since the next commit waits for those that wake, and never runs a caller's code: a
 * caller that waits makes its own answer, and futures are completed by tasks of another executor, so that what hangs on
 * them may append and wait in turn without holding up the queue that it waits for. At most {@link #CAPACITY} events are
 * on their way; who comes then waits.
 */
final class GroupCommit {
    static final int CAPACITY = 8_192;

    static final int MAX_BATCH = 4_096;
    private static final int MAX_BATCH_BYTES = 8 << 20;

    private final Sealing sealing;
    private final Writing writer;
    private final Opening opening;
    private final Executor writers;
    private final Executor tellers;
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

    /**
     * @param writers runs what empties the queue, one task at a time
     * @param tellers runs what hangs on callers' futures; each task begins at once, whatever others wait for
     */
    GroupCommit(Sealing sealing, Writing writer, Opening opening, Executor writers, Executor tellers) {
        this.sealing = sealing;
        this.writer = writer;
        this.opening = opening;
        this.writers = writers;
        this.tellers = tellers;
    }

    /** Completes when the event is durable; whatever fails, fails the future. */
    CompletableFuture<LedgerEntry> append(LedgerEvent event) {
        CompletableFuture<LedgerEntry> told = new CompletableFuture<>();
        Flight own = Flight.told(event, told);
        CompletableFuture<Recorded> durable = enqueue(own);
        scheduleIfQueued();
        // Each caller's future is its own: one that cancels does not cancel it for others who sent the same event.
        if (durable == own.durable) {
            return told;
        }
        return durable.isDone()
                ? durable.thenApply(this::opened)
                : durable.thenApplyAsync(this::opened, this::tellSoon);
    }

    private LedgerEntry opened(Recorded recorded) {
        try {
            return opening.open(recorded);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** As {@link #append}, by the caller's own hand if nobody else is writing. */
    LedgerEntry appendAndWait(LedgerEvent event) throws IOException {
        Flight own = Flight.awaited(event);
        CompletableFuture<Recorded> durable = enqueue(own);
        if (!durable.isDone() && writing.tryLock()) {
            writeOneBatch();
        }
        if (own.durable.isDone()) {
            // Another may have written this one while that batch was written: who waits for it sleeps still.
            own.wakeOthers();
        }
        scheduleIfQueued();
        return opening.open(durable == own.durable ? own.await() : Outcomes.await(durable));
    }

    /** What completes when the event is durable: of this flight, or of the one that the event is already on. */
    private CompletableFuture<Recorded> enqueue(Flight flight) {
        LedgerEvent event = flight.event;
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
            flight.seal(sealing.seal(event));
        } catch (IOException | RuntimeException | Error e) {
            if (hasSpace) {
                space.release();
            }
            flights.remove(event.id(), flight);
            flight.durable.completeExceptionally(e);
            if (flight.told != null) {
                flight.tell(opening);
            }
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
            space.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted =
                    new InterruptedIOException("interrupted while the ledger's queue was full; nothing was recorded");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private void scheduleIfQueued() {
        if (!queue.isEmpty()) {
            schedule();
        }
    }

    private void schedule() {
        if (!scheduled.compareAndSet(false, true)) {
            return;
        }
        try {
            writers.execute(this::run);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
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
            scheduleIfQueued();
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
        Flight first = Flight.plan(batch);
        if (failure == null) {
            complete(recorded);
        } else {
            fail(batch, failure);
        }
        Flight.wakeAll(first);
        tell(batch);
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
    private void complete(List<Recorded> recorded) {
        List<Flight> done = new ArrayList<>(recorded.size());
        for (Recorded each : recorded) {
            done.add(Objects.requireNonNull(flights.remove(each.entry().event().id()), "each id has one flight"));
        }
        for (int i = 0; i < recorded.size(); i++) {
            done.get(i).durable.complete(recorded.get(i));
        }
    }

    private void fail(List<Flight> batch, Throwable failure) {
        batch.forEach(flight -> flights.remove(flight.event.id(), flight));
        batch.forEach(flight -> flight.durable.completeExceptionally(failure));
    }

    private void tell(List<Flight> batch) {
        List<Flight> waiting =
                batch.stream().filter(flight -> flight.told != null).toList();
        if (!waiting.isEmpty()) {
            tellSoon(() -> waiting.forEach(flight -> flight.tell(opening)));
        }
    }

    private void tellSoon(Runnable telling) {
        try {
            tellers.execute(telling);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // An executor that takes no more, or has no memory for a thread, must not leave anybody waiting.
            telling.run();
        }
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
