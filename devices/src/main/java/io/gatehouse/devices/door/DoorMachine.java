package io.gatehouse.devices.door;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.devices.door.DoorEvent.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What a door concludes from its inputs, its commands and the time. Two windows may keep the lock open: that of tickets,
 * which a lockdown ends, and that of leaving, which nothing ends but time. A release is the lock's own and stands above
 * both. All times are nanoseconds since the door was built. Not thread-safe: {@link Door} gives it turns.
 */
final class DoorMachine {
    /** Before anything: a door's time begins at zero. */
    static final long NONE = -1;

    private final PortalId portal;
    private final Egress egress;
    private final DoorOptions options;
    private final Set<DoorInput> wired;
    private final LockDrive lock;
    private final InstantSource clock;
    private final BiConsumer<Kind, Map<String, String>> out;
    private final long settle;
    private final long heldAfter;

    private final Map<DoorInput, InputState> inputs = new EnumMap<>(DoorInput.class);
    private final Leaf leaf = new Leaf();
    private final Passages passages;
    private final Tickets tickets;
    private final ExitWindow exit;
    private final Bolt bolt;
    private boolean lockedDown;
    private boolean unconfirmed;

    DoorMachine(DoorBuilder parts, LockDrive lock, BiConsumer<Kind, Map<String, String>> out) {
        this.portal = parts.portal;
        this.egress = parts.egress;
        this.options = parts.options;
        this.wired = parts.inputs;
        this.clock = parts.clock;
        this.lock = lock;
        this.out = out;
        this.settle = options.settle().toNanos();
        this.heldAfter = options.heldAfter().toNanos();
        this.passages = new Passages(wired, inputs, out);
        this.tickets = passages.tickets();
        this.exit = new ExitWindow(egress, options, lock, until -> Math.max(until, tickets.unlockedUntil()));
        this.bolt = new Bolt(settle);
    }

    /** A ticket for somebody on this side, unless the door is locked down and they want in. */
    Actuation open(Direction side, long now) {
        advance(now);
        tickets.forgetNewest(side);
        if (lock.isReleased()) {
            return lock.unlockFor(options.unlockTime());
        }
        if (lockedDown && side == Direction.ENTRY) {
            return refuse(
                    Reason.format("door.lockdown", "%s is locked down: nobody gets in until a guard ends it.", portal));
        }
        long until = now + options.unlockTime().toNanos();
        long last = Math.max(until, Math.max(tickets.unlockedUntil(), exit.lockOpenUntil()));
        Actuation answer = lock.unlockFor(Duration.ofNanos(last - now));
        if (!(answer instanceof Actuation.Failed)) {
            passages.issue(side, until);
            leaf.asked(now);
        }
        watchLock(now);
        return answer;
    }

    Actuation refuse(Reason reason) {
        out.accept(Kind.REFUSED, Map.of("reason", reason.code()));
        return new Actuation.Failed(reason);
    }

    /** Whether it says something else than before. */
    boolean sense(DoorInput input, InputState state, long now) {
        advance(now);
        InputState before = inputs.put(input, state);
        if (state == before) {
            return false;
        }
        reportFault(input, before, state);
        switch (input) {
            case CONTACT -> contact(state, now);
            case EXIT_BUTTON -> exitButton(state, now);
            case PASSAGE, PASSAGE_IN, PASSAGE_OUT ->
                reportIf(state == InputState.ACTIVE && isTailgating(input, now), Kind.TAILGATING);
            case BOLT -> {}
            case TAMPER -> reportIf(state != InputState.NORMAL, Kind.TAMPER);
            case DURESS -> reportIf(state == InputState.ACTIVE, Kind.DURESS);
        }
        advance(now);
        return true;
    }

    void lockDown(String cause, long now) {
        lockedDown = true;
        tickets.end(Direction.ENTRY, now);
        out.accept(Kind.LOCKDOWN, Map.of("cause", cause));
        long keep = Math.max(exit.left(now).toNanos(), tickets.unlockedUntil() - now);
        if (keep > 0) {
            lock.letOut(Duration.ofNanos(keep));
        } else {
            lock.relock();
        }
        advance(now);
    }

    void endLockDown(long now) {
        lockedDown = false;
        out.accept(Kind.LOCKDOWN_ENDED, Map.of());
        advance(now);
    }

    boolean isLockedDown() {
        return lockedDown;
    }

    /** How long the lock must stay open for somebody who is leaving. */
    Duration exitLeft(long now) {
        return exit.left(now);
    }

    /** A release ended: what was opened during it was opened by right. */
    void resetDone(long now) {
        tickets.endUnlocking();
        leaf.asked(now);
        advance(now);
    }

    /** Nothing will be seen any more. */
    void close() {
        passages.settle(Long.MAX_VALUE, false, true);
    }

    Optional<Ticket> newest(Direction side) {
        return tickets.newest(side);
    }

    DoorState state() {
        DoorState ofLock = lock.state();
        if (ofLock instanceof DoorState.Released) {
            return ofLock;
        }
        if (leaf.isForced()) {
            return new DoorState.ForcedOpen(leaf.openedAt());
        }
        if (leaf.isHeld()) {
            return new DoorState.HeldOpen(leaf.openedAt());
        }
        return bolt.isJammed()
                ? new DoorState.Jammed(
                        Reason.format("door.jammed", "The bolt of %s is not where it was told to be.", portal))
                : ofLock;
    }

    /** Shut and locked, as far as its inputs can tell. */
    boolean isSecure() {
        return state() instanceof DoorState.Locked
                && (!wired.contains(DoorInput.CONTACT) || leaf.place() == Leaf.Place.CLOSED);
    }

    /** Does what is due by now. */
    void advance(long now) {
        exit.advance(now);
        if (leaf.heldAt(heldAfter) <= now && !lock.isReleased()) {
            leaf.hold();
            out.accept(Kind.HELD_OPEN, Map.of("since", leaf.openedAt().toString()));
        }
        lockBehindTheLast(now);
        passages.settle(
                now - (leaf.isOpen() ? heldAfter : settle), leaf.place() != Leaf.Place.UNKNOWN, lock.isReleased());
        switch (bolt.look(inputs.get(DoorInput.BOLT), lock.state(), leaf.isOpen(), now)) {
            case JAMMED -> out.accept(Kind.JAMMED, Map.of("lock", word(lock.state())));
            case FREED -> out.accept(Kind.FREED, Map.of());
            case NONE -> {}
        }
        watchLock(now);
    }

    /** When something will be due that is not now. */
    long nextDeadline(long now) {
        return LongStream.of(
                        exit.nextDeadline(now),
                        overdueAt(),
                        tickets.nextEnd() + settle,
                        tickets.nextEnd() + heldAfter,
                        leaf.heldAt(heldAfter),
                        leaf.restsAt(settle),
                        bolt.jamsAt())
                .filter(at -> at > now)
                .min()
                .orElse(Long.MAX_VALUE / 2);
    }

    private void exitButton(InputState state, long now) {
        if (exit.hear(state, now)) {
            leaf.asked(now);
            out.accept(Kind.EXIT, Map.of("by", state == InputState.ACTIVE ? "button" : "fault"));
        }
    }

    private void contact(InputState state, long now) {
        if (state.isFault()) {
            leaf.lost();
        } else if (state == InputState.NORMAL) {
            reportIf(leaf.closed(now), Kind.CLOSED);
        } else {
            boolean wasClosed = leaf.place() == Leaf.Place.CLOSED;
            boolean isBounce = leaf.bounces(now, settle);
            leaf.opened(now, clock.instant());
            if (wasClosed && !isBounce && !lock.isReleased()) {
                opened(now);
            }
        }
    }

    private void opened(long now) {
        boolean leaving = exit.explains(now);
        if (tickets.unlockedUntil() != NONE && tickets.unlockedUntil() + settle > now) {
            leaf.byTicket();
            passages.leafOpened(leaving);
        } else if (leaving) {
            leaf.forExit();
        } else if (egress == Egress.PLAIN_HANDLE) {
            leaf.forExit();
            out.accept(Kind.EXIT, Map.of("by", "handle"));
        } else {
            leaf.force();
            out.accept(Kind.FORCED_OPEN, Map.of());
        }
    }

    private boolean isTailgating(DoorInput sensor, long now) {
        boolean mayLeave = leaf.isForExit() || exit.explains(now);
        return !passages.seen(sensor, mayLeave) && !lock.isReleased();
    }

    /** The last of them is through and the leaf is shut: nobody else may follow. */
    private void lockBehindTheLast(long now) {
        boolean isLast = leaf.restsAt(settle) <= now && tickets.allUsed() && tickets.unlockedUntil() > now;
        if (isLast && exit.left(now).isZero() && !lock.isReleased()) {
            leaf.rested();
            tickets.endUnlocking();
            lock.relock();
        }
    }

    private long overdueAt() {
        return lock.state() instanceof DoorState.Unlocked
                ? Math.max(tickets.unlockedUntil(), exit.lockOpenUntil()) + settle
                : Long.MAX_VALUE / 2;
    }

    /** The lock has a timer of its own; if that did not come, this is the second. */
    private void watchLock(long now) {
        long overdue = now - overdueAt();
        if (overdue >= 0) {
            reportIf(overdue > options.watchEvery().toNanos(), Kind.TIMER_LATE);
            lock.relock();
        }
        Optional<String> doubt = doubt(lock.state());
        if (doubt.isPresent() && !unconfirmed) {
            out.accept(Kind.UNCONFIRMED, Map.of("reason", doubt.get()));
        }
        unconfirmed = doubt.isPresent();
    }

    private static Optional<String> doubt(DoorState lock) {
        if (lock instanceof DoorState.Uncertain uncertain) {
            return Optional.of(uncertain.reason().code());
        }
        return lock instanceof DoorState.Released released && !released.confirmed()
                ? Optional.of("door.release-unconfirmed")
                : Optional.empty();
    }

    private void reportFault(DoorInput input, @Nullable InputState before, InputState state) {
        Map<String, String> facts = Map.of("input", lower(input), "state", lower(state));
        if (state.isFault()) {
            out.accept(Kind.INPUT_FAULT, facts);
        } else if (before != null && before.isFault()) {
            out.accept(Kind.INPUT_REPAIRED, facts);
        }
    }

    private void reportIf(boolean happened, Kind kind) {
        if (happened) {
            out.accept(kind, Map.of());
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String word(DoorState lock) {
        return lock.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
