package io.gatehouse.devices.door;

import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEvent;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records what happens at doors, in its order, without ever holding one up: events wait in memory, and while the ledger
 * is down the newest {@value #CAPACITY} go on waiting, to be tried again with the next one. Give it an outbox where none
 * may be lost. Thread-safe.
 */
public final class DoorRecorder implements Consumer<DoorEvent> {
    private static final Logger LOG = System.getLogger(DoorRecorder.class.getName());
    private static final int CAPACITY = 10_000;

    private final EventSink sink;
    private final Executor executor;
    private final Deque<LedgerEvent> waiting = new ArrayDeque<>();
    private long dropped;
    private boolean writing;

    private DoorRecorder(EventSink sink, Executor executor) {
        this.sink = Objects.requireNonNull(sink, "sink");
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    /** A recorder that writes on this executor, one event after the other. */
    public static DoorRecorder create(EventSink sink, Executor executor) {
        return new DoorRecorder(sink, executor);
    }

    @Override
    public void accept(DoorEvent event) {
        record(event.toLedgerEvent());
    }

    /** Records anything else that belongs between the events of doors. */
    public void record(LedgerEvent event) {
        synchronized (this) {
            if (waiting.size() == CAPACITY) {
                waiting.removeFirst();
                dropped++;
            }
            waiting.addLast(event);
            if (writing) {
                return;
            }
            writing = true;
        }
        try {
            executor.execute(this::write);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.ERROR, "events of doors wait: the executor takes no task", e);
            stop();
        }
    }

    /** How many events are not recorded yet. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** How many were given up because too many waited. */
    public synchronized long dropped() {
        return dropped;
    }

    private void write() {
        try {
            for (LedgerEvent event = first(); event != null; event = first()) {
                if (!isTaken(event)) {
                    stop();
                    return;
                }
                remove(event);
            }
        } catch (RuntimeException | Error e) {
            stop();
            throw e;
        }
    }

    /** What the sink refuses for good is logged and left out; what it cannot take now goes on waiting. */
    private boolean isTaken(LedgerEvent event) {
        try {
            sink.take(event);
            return true;
        } catch (IOException e) {
            LOG.log(Level.ERROR, "an event of a door waits to be recorded", e);
            return false;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the sink refuses " + event, e);
            return true;
        }
    }

    private synchronized @Nullable LedgerEvent first() {
        LedgerEvent first = waiting.peekFirst();
        writing = first != null;
        return first;
    }

    /** It may have been dropped meanwhile. */
    private synchronized void remove(LedgerEvent event) {
        if (event.equals(waiting.peekFirst())) {
            waiting.removeFirst();
        }
    }

    private synchronized void stop() {
        writing = false;
    }
}
