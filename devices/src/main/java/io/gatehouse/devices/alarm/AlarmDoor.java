package io.gatehouse.devices.alarm;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.devices.door.Door;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A door of an emergency plan. What is wanted of it is asked in the door's own turn, so that an end that comes late cannot
 * lock what an alarm has opened meanwhile.
 */
final class AlarmDoor {
    /** What a door should be, by all that is latched. */
    enum Wanted {
        NORMAL,
        LOCKED_DOWN,
        RELEASED
    }

    private final String name;
    private final String group;
    private final Function<? super String, ? extends Actuation> release;
    private final Function<? super PersonId, ? extends Actuation> reset;
    private final Optional<Door> lockable;
    private final ViolenceAction onViolence;
    private final ReentrantLock turn = new ReentrantLock(true);
    private Wanted applied = Wanted.NORMAL;

    AlarmDoor(
            String name,
            String group,
            Function<? super String, ? extends Actuation> release,
            Function<? super PersonId, ? extends Actuation> reset,
            Optional<Door> lockable,
            ViolenceAction onViolence) {
        this.name = Objects.requireNonNull(name, "name");
        this.group = Objects.requireNonNull(group, "group");
        this.release = Objects.requireNonNull(release, "release");
        this.reset = Objects.requireNonNull(reset, "reset");
        this.lockable = lockable;
        this.onViolence = onViolence;
        if (onViolence == ViolenceAction.LOCK_DOWN && lockable.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot be locked down: only a Door can, give it with the gate");
        }
    }

    String group() {
        return group;
    }

    ViolenceAction onViolence() {
        return onViolence;
    }

    /** Brings it to what is wanted now; a release is said again even if it was said before. */
    Actuation raise(Supplier<Wanted> wanted, String cause) {
        turn.lock();
        try {
            Wanted now = wanted.get();
            Actuation answer = switch (now) {
                case RELEASED -> release.apply(cause);
                case LOCKED_DOWN -> lockable.orElseThrow().lockDown(cause);
                case NORMAL -> new Actuation.Done();
            };
            applied = now;
            return answer;
        } finally {
            turn.unlock();
        }
    }

    /** As {@link #raise}, for violence, which does not lock what is released. */
    Actuation lockDown(Supplier<Wanted> wanted, String cause) {
        turn.lock();
        try {
            return wanted.get() == Wanted.RELEASED && onViolence != ViolenceAction.RELEASE
                    ? stays("alarm.released", "%s is not locked down: it is released for a fire or by hand.")
                    : raise(wanted, cause);
        } finally {
            turn.unlock();
        }
    }

    /** Ends what is not wanted any more. What is locked down behind a release is so before that ends. */
    Actuation end(Supplier<Wanted> wanted, PersonId guard) {
        turn.lock();
        try {
            Wanted now = wanted.get();
            if (now == Wanted.RELEASED) {
                return stays("alarm.still-raised", "%s stays released: an alarm holds it still.");
            }
            Actuation answer = new Actuation.Done();
            if (now == Wanted.LOCKED_DOWN) {
                answer = lockable.orElseThrow().lockDown("still");
            } else if (applied == Wanted.LOCKED_DOWN) {
                answer = lockable.orElseThrow().endLockDown();
            }
            if (applied == Wanted.RELEASED) {
                answer = reset.apply(guard);
                if (now == Wanted.NORMAL && lockable.filter(Door::isLockedDown).isPresent()) {
                    lockable.orElseThrow().endLockDown();
                }
            }
            applied = now;
            return answer;
        } finally {
            turn.unlock();
        }
    }

    private Actuation stays(String code, String format) {
        return new Actuation.Failed(Reason.format(code, format, name));
    }
}
