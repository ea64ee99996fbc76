package io.gatehouse.devices.door;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.PassageSensor.Sighting;
import io.gatehouse.core.gate.PortalDriver;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.reason.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A door: a lock behind a relay, and what its inputs say of leaf, bolt and people. What outranks what, from the top:
 *
 * <ol>
 *   <li>{@link #release}: free passage until {@link #reset}. It goes to the lock before it waits for anything.
 *   <li>Leaving: {@link Egress} is part of the door, and no command here ends it.
 *   <li>{@link #lockDown}: nobody gets in; a ticket that was given ends.
 *   <li>Tickets: {@link DoorSide#open} unlocks once, for a fixed time, by the board's own timer where it has one. A ticket is
 *       never kept, repeated or begun again after a lost link or a restart. The lock falls back when its time is over, or
 *       sooner, behind the last who had one.
 * </ol>
 *
 * <p>Built, it brings its output to its safe state: whatever a killed process left open ends there, and a board with a
 * timer ends it without. What is safe is repeated until it is confirmed, and told again now and then, for boards lose
 * their power. If the scheduler is late, tickets are refused, since nothing would lock again.
 *
 * <p>{@link DoorEvent}s go to listeners in their order, in the door's turn: a listener only enqueues, as {@link
 * DoorRecorder} does. Thread-safe; the scheduler belongs to the caller and should not share a thread with another bus.
 */
public final class Door implements PortalDriver, AutoCloseable {
    private static final Logger LOG = System.getLogger(Door.class.getName());
    private static final int LATE_WATCHES = 3;

    private final PortalId portal;
    private final DoorOptions options;
    private final Set<DoorInput> inputs;
    private final List<Consumer<? super DoorEvent>> listeners;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final long origin;
    private final ScheduledExecutorService scheduler;
    private final LockDrive lock;
    private final DoorMachine machine;

    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile @Nullable Interlock interlock;
    /** As of the end of the last turn: for whoever must not wait for this one. */
    private volatile boolean secure;

    private volatile long watchedAt;
    private volatile boolean closed;
    private @Nullable Future<?> timer;
    private long timerAt;

    Door(DoorBuilder parts) {
        this.portal = parts.portal;
        this.options = parts.options;
        this.inputs = parts.inputs;
        this.listeners = List.copyOf(parts.listeners);
        this.clock = parts.clock;
        this.nanoTime = parts.nanoTime;
        this.origin = nanoTime.getAsLong();
        this.scheduler = parts.scheduler;
        this.lock = new LockDrive(portal.value(), parts.relay, scheduler, parts.failMode, options.repeatAfter(), clock);
        this.machine = new DoorMachine(parts, lock, this::tell);
    }

    /**
     * A door behind this relay.
     *
     * @param egress    how people get out
     * @param scheduler runs what is timed; not shut down by the door
     */
    public static DoorBuilder builder(PortalId portal, Relay relay, Egress egress, ScheduledExecutorService scheduler) {
        return new DoorBuilder(portal, relay, egress, scheduler);
    }

    public PortalId portal() {
        return portal;
    }

    public DoorState state() {
        return inTurn(now -> machine.state());
    }

    /** Shut and locked, as far as its inputs can tell. */
    public boolean isSecure() {
        return inTurn(now -> machine.isSecure());
    }

    public boolean isLockedDown() {
        return inTurn(now -> machine.isLockedDown());
    }

    /** The driver and the sensor of the gate on this side. */
    public DoorSide side(Direction direction) {
        return new DoorSide(this, direction);
    }

    /** Unlocks for somebody who wants in; as {@link #side} of entry. */
    @Override
    public Actuation open() {
        return open(Direction.ENTRY);
    }

    @Override
    public Actuation release() {
        Actuation answer = lock.release();
        inTurn(now -> {
            tell(DoorEvent.Kind.RELEASED, Map.of());
            machine.advance(now);
            return answer;
        });
        return answer;
    }

    /** Ends a release; a lockdown that was there stays, and who is leaving goes on. */
    @Override
    public Actuation reset() {
        return inTurn(now -> {
            Actuation answer = lock.reset(machine.exitLeft(now));
            tell(DoorEvent.Kind.RESET, Map.of());
            machine.resetDone(now);
            return answer;
        });
    }

    /** From now on nobody gets in: tickets that were given end. Who wants out gets out, and a release stands above it. */
    public Actuation lockDown(String cause) {
        return inTurn(now -> {
            machine.lockDown(cause, now);
            return answer();
        });
    }

    /** Ends a lockdown. */
    public Actuation endLockDown() {
        return inTurn(now -> {
            machine.endLockDown(now);
            return answer();
        });
    }

    /**
     * What an input says now. The same again changes nothing, so it may be told as often as the input is read. Whoever
     * reads the inputs says {@link InputState#CUT} of all of them when it gets no answer.
     *
     * @throws IllegalArgumentException if the door was built without this input
     */
    public void sense(DoorInput input, InputState state) {
        if (!inputs.contains(input)) {
            throw new IllegalArgumentException(portal + " was built without the input " + input + ", only " + inputs);
        }
        inTurn(now -> {
            boolean isNew = machine.sense(input, state, now);
            Interlock joined = interlock;
            boolean leaves = isNew && input == DoorInput.EXIT_BUTTON && state == InputState.ACTIVE;
            if (joined != null && leaves && !joined.opposite(this).secure) {
                tell(DoorEvent.Kind.INTERLOCK_OVERRIDDEN, Map.of());
            }
            return state;
        });
    }

    /** Takes the door out of service: locks it and forgets its timers, unless it is released. */
    @Override
    public void close() {
        inTurn(now -> {
            closed = true;
            cancelTimer();
            machine.close();
            lock.close();
            return closed;
        });
    }

    @Override
    public String toString() {
        return "Door[" + portal + ", " + lock.state() + "]";
    }

    Actuation open(Direction side) {
        Interlock joined = interlock;
        return joined == null || lock.isReleased() ? openNow(side) : joined.open(this, () -> openNow(side));
    }

    Actuation refuse(Reason reason) {
        return inTurn(now -> machine.refuse(reason));
    }

    Sighting watch(Direction side) {
        Optional<Ticket> ticket = inTurn(now -> machine.newest(side));
        if (ticket.isEmpty()) {
            return Sighting.NO_ANSWER;
        }
        Duration atMost = options.unlockTime().plus(options.heldAfter()).plus(options.settle());
        try {
            return ticket.get().sighting().get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return Sighting.NO_ANSWER;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Sighting.NO_ANSWER;
        }
    }

    void join(Interlock with) {
        if (interlock != null) {
            throw new IllegalArgumentException(portal + " is in an interlock already: " + interlock);
        }
        interlock = with;
    }

    private Actuation openNow(Direction side) {
        return inTurn(now -> now - watchedAt
                                > LATE_WATCHES * options.watchEvery().toNanos()
                        && !lock.isReleased()
                ? machine.refuse(Reason.format(
                        "door.timer-late", "The timer of %s is late: nothing would lock it again in time.", portal))
                : machine.open(side, now));
    }

    private Actuation answer() {
        DoorState state = lock.state();
        return state instanceof DoorState.Uncertain uncertain
                ? new Actuation.NoAnswer(uncertain.reason())
                : new Actuation.Done();
    }

    void start(boolean released) {
        lock.start(released);
        inTurn(now -> {
            watchedAt = now;
            machine.advance(now);
            return now;
        });
    }

    private <T> T inTurn(LongFunction<T> action) {
        turn.lock();
        try {
            T result = action.apply(nanoTime.getAsLong() - origin);
            secure = machine.isSecure();
            return result;
        } finally {
            schedule();
            turn.unlock();
        }
    }

    private void lookAfter() {
        inTurn(now -> {
            timer = null;
            if (!closed) {
                if (now - watchedAt >= options.watchEvery().toNanos()) {
                    lock.refresh();
                    watchedAt = now;
                }
                machine.advance(now);
            }
            return now;
        });
    }

    /** A timer that is too early does no harm; one that is too late would. */
    private void schedule() {
        long now = nanoTime.getAsLong() - origin;
        long at = Math.min(
                machine.nextDeadline(now), watchedAt + options.watchEvery().toNanos());
        if (closed || (timer != null && timerAt <= at)) {
            return;
        }
        try {
            Future<?> next = scheduler.schedule(this::lookAfter, Math.max(0, at - now), TimeUnit.NANOSECONDS);
            cancelTimer();
            timer = next;
            timerAt = at;
        } catch (RejectedExecutionException e) {
            LOG.log(Level.ERROR, "the timer of " + portal + " takes no more tasks", e);
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void tell(DoorEvent.Kind kind, Map<String, String> facts) {
        DoorEvent event = DoorEvent.of(portal, clock.instant(), kind, facts);
        for (Consumer<? super DoorEvent> listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "a listener failed at " + event, e);
            }
        }
    }
}
