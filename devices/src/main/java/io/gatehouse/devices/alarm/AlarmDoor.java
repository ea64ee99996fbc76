package io.gatehouse.devices.alarm;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.reason.Reason;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A door of an alarm. Whether a reset is still wanted is asked in the door's own turn, so a late one cannot lock. */
final class AlarmDoor {
    private final String name;
    private final Function<? super String, ? extends Actuation> release;
    private final Function<? super PersonId, ? extends Actuation> reset;
    private final ReentrantLock turn = new ReentrantLock(true);

    AlarmDoor(
            String name,
            Function<? super String, ? extends Actuation> release,
            Function<? super PersonId, ? extends Actuation> reset) {
        this.name = Objects.requireNonNull(name, "name");
        this.release = Objects.requireNonNull(release, "release");
        this.reset = Objects.requireNonNull(reset, "reset");
    }

    Actuation release(String cause) {
        turn.lock();
        try {
            return release.apply(cause);
        } finally {
            turn.unlock();
        }
    }

    Actuation reset(PersonId guard, BooleanSupplier stillWanted) {
        turn.lock();
        try {
            return stillWanted.getAsBoolean()
                    ? reset.apply(guard)
                    : new Actuation.Failed(Reason.format(
                            "alarm.raised-again", "%s stays released: the alarm was raised again.", name));
        } finally {
            turn.unlock();
        }
    }
}
