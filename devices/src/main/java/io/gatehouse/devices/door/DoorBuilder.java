package io.gatehouse.devices.door;

import io.gatehouse.core.place.PortalId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Collects a {@link Door}'s parts. Not thread-safe. */
public final class DoorBuilder {
    final PortalId portal;
    final Relay relay;
    final Egress egress;
    final ScheduledExecutorService scheduler;
    final List<Consumer<? super DoorEvent>> listeners = new ArrayList<>();
    FailMode failMode = FailMode.FAIL_SECURE;
    DoorOptions options = DoorOptions.standard();
    Set<DoorInput> inputs = EnumSet.noneOf(DoorInput.class);
    InstantSource clock = InstantSource.system();
    LongSupplier nanoTime = System::nanoTime;
    private boolean startReleased;

    DoorBuilder(PortalId portal, Relay relay, Egress egress, ScheduledExecutorService scheduler) {
        this.portal = Objects.requireNonNull(portal, "portal");
        this.relay = Objects.requireNonNull(relay, "relay");
        this.egress = Objects.requireNonNull(egress, "egress");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
    }

    /** {@link FailMode#FAIL_SECURE} unless said otherwise. */
    public DoorBuilder failMode(FailMode value) {
        failMode = Objects.requireNonNull(value, "failMode");
        return this;
    }

    /** {@link DoorOptions#standard} unless said otherwise. */
    public DoorBuilder options(DoorOptions value) {
        options = Objects.requireNonNull(value, "options");
        return this;
    }

    /** The inputs that are wired; none unless said so. */
    public DoorBuilder inputs(DoorInput... wired) {
        EnumSet<DoorInput> set = EnumSet.noneOf(DoorInput.class);
        set.addAll(List.of(wired));
        inputs = set;
        return this;
    }

    /** Hears what happens, in its order; must only enqueue. Several are told one after the other. */
    public DoorBuilder listener(Consumer<? super DoorEvent> value) {
        listeners.add(Objects.requireNonNull(value, "listener"));
        return this;
    }

    /** The time of events; the system's unless said otherwise. */
    public DoorBuilder clock(InstantSource value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /** What is timed with, in nanoseconds, at the scheduler's pace; {@link System#nanoTime} unless said otherwise. */
    public DoorBuilder nanoTime(LongSupplier value) {
        nanoTime = Objects.requireNonNull(value, "nanoTime");
        return this;
    }

    /** Whether an alarm that lasts from before the start wants it released at once; not unless said so. */
    public DoorBuilder startReleased(boolean value) {
        startReleased = value;
        return this;
    }

    /**
     * The door, told to lock, or released. If the lock did not confirm, {@link Door#state} says so and the door goes on
     * telling it.
     *
     * @throws IllegalArgumentException if there is no exit button where it is the way out, or no switch in a handle that
     *                                  is said to have one
     */
    public Door build() {
        if (egress != Egress.PLAIN_HANDLE && !inputs.contains(DoorInput.EXIT_BUTTON)) {
            throw new IllegalArgumentException("people leave " + portal + " by " + egress
                    + ", so its input EXIT_BUTTON must be wired; wired are " + inputs);
        }
        Door door = new Door(this);
        door.start(startReleased);
        return door;
    }
}
