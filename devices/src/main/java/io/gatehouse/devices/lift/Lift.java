package io.gatehouse.devices.lift;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.PortalDriver;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.devices.door.FailMode;
import io.gatehouse.devices.door.Relay;
import io.gatehouse.devices.door.RelayDoor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The restricted floors of a lift, a relay each that frees the floor's button in the car. A button is free for a fixed
 * time, as a door is unlocked: never longer, never again by itself. Floors that lead out of the building have no relay
 * here and are always free.
 *
 * <p>In fire operation every relay is without power, as if this program were not there, and stays so until it ends: the
 * lift's own controller rules, and a permission does nothing. Wire it so that it can. Thread-safe; the scheduler belongs to
 * the caller.
 */
public final class Lift implements AutoCloseable {
    private final String name;
    private final FailMode failMode;
    private final List<Portal> portals;
    private final Map<PortalId, RelayDoor> floors = new LinkedHashMap<>();
    private final ReentrantLock turn = new ReentrantLock(true);
    /** Set before fire operation waits for its turn. */
    private volatile boolean inFireOperation;

    private Lift(Builder parts) {
        this.name = parts.name;
        this.failMode = parts.failMode;
        this.portals = List.copyOf(parts.portals);
        this.inFireOperation = parts.startInFireOperation;
        if (portals.isEmpty()) {
            throw new IllegalArgumentException("the lift " + name + " has no floor to restrict");
        }
        boolean withoutPower = parts.startInFireOperation && failMode == FailMode.FAIL_SAFE;
        parts.relays.forEach((id, relay) -> floors.put(
                id,
                RelayDoor.builder(name + " " + id, relay, parts.scheduler)
                        .failMode(failMode)
                        .unlockTime(parts.freeTime)
                        .clock(parts.clock)
                        .startReleased(withoutPower)
                        .build()));
    }

    /** A lift whose times are kept by this scheduler. */
    public static Builder builder(String name, ScheduledExecutorService scheduler) {
        return new Builder(name, scheduler);
    }

    public String name() {
        return name;
    }

    /** The restricted floors, in the order in which they were given. */
    public List<Portal> floors() {
        return portals;
    }

    /**
     * Frees the buttons of these floors for a while; in fire operation none.
     *
     * @return what the relay of each floor said
     * @throws IllegalArgumentException if a floor is not one of this lift's
     */
    public Map<PortalId, Actuation> free(Collection<PortalId> wanted) {
        wanted.forEach(this::floor);
        turn.lock();
        try {
            Map<PortalId, Actuation> answers = new LinkedHashMap<>();
            for (PortalId id : wanted) {
                answers.put(id, inFireOperation ? refused() : floor(id).open());
            }
            return answers;
        } finally {
            turn.unlock();
        }
    }

    public boolean isInFireOperation() {
        return inFireOperation;
    }

    /** For an emergency plan: release begins fire operation, reset ends it; there is nothing to open. */
    public PortalDriver fireOperation() {
        return new PortalDriver() {
            @Override
            public Actuation open() {
                return new Actuation.Failed(
                        Reason.format("lift.no-door", "The fire operation of %s opens nothing.", name));
            }

            @Override
            public Actuation release() {
                return beginFireOperation();
            }

            @Override
            public Actuation reset() {
                return endFireOperation();
            }
        };
    }

    @Override
    public void close() {
        floors.values().forEach(RelayDoor::close);
    }

    @Override
    public String toString() {
        return "Lift[" + name + ", " + floors.keySet() + (inFireOperation ? ", in fire operation]" : "]");
    }

    /** Takes the power from every relay, whatever they answer; each is told until it confirms. */
    private Actuation beginFireOperation() {
        inFireOperation = true;
        turn.lock();
        try {
            inFireOperation = true;
            return all(failMode == FailMode.FAIL_SECURE ? RelayDoor::reset : RelayDoor::release);
        } finally {
            turn.unlock();
        }
    }

    private Actuation endFireOperation() {
        turn.lock();
        try {
            inFireOperation = false;
            return all(RelayDoor::reset);
        } finally {
            turn.unlock();
        }
    }

    private Actuation all(Function<RelayDoor, Actuation> command) {
        List<Actuation> failed = new ArrayList<>();
        for (RelayDoor floor : floors.values()) {
            Actuation answer = command.apply(floor);
            if (!answer.isDone()) {
                failed.add(answer);
            }
        }
        return failed.isEmpty() ? new Actuation.Done() : failed.get(0);
    }

    private Actuation refused() {
        return new Actuation.Failed(Reason.format(
                "lift.fire-operation", "%s is in fire operation: nobody's permission counts until it ends.", name));
    }

    private RelayDoor floor(PortalId id) {
        RelayDoor floor = floors.get(id);
        if (floor == null) {
            throw new IllegalArgumentException(name + " has no restricted floor " + id + ", only " + floors.keySet());
        }
        return floor;
    }

    /** Collects a lift's parts. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final ScheduledExecutorService scheduler;
        private final List<Portal> portals = new ArrayList<>();
        private final Map<PortalId, Relay> relays = new LinkedHashMap<>();
        private FailMode failMode = FailMode.FAIL_SECURE;
        private Duration freeTime = Duration.ofSeconds(8);
        private InstantSource clock = InstantSource.system();
        private boolean startInFireOperation;

        private Builder(String name, ScheduledExecutorService scheduler) {
            this.name = Objects.requireNonNull(name, "name");
            this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        }

        /** A floor that is restricted, and the relay that frees its button. */
        public Builder floor(Portal floor, Relay relay) {
            if (floor.kind() != PortalKind.LIFT_FLOOR) {
                throw new IllegalArgumentException(floor.id() + " is a " + floor.kind() + ", not a floor of a lift");
            }
            if (relays.putIfAbsent(floor.id(), relay) != null) {
                throw new IllegalArgumentException("the floor " + floor.id() + " is in this lift already");
            }
            portals.add(floor);
            return this;
        }

        /** Whether a relay without power keeps its button shut ({@link FailMode#FAIL_SECURE}, the default) or frees it. */
        public Builder failMode(FailMode value) {
            failMode = Objects.requireNonNull(value, "failMode");
            return this;
        }

        /** How long buttons are free, 1 ms to 5 minutes; 8 seconds unless said otherwise. */
        public Builder freeTime(Duration value) {
            freeTime = value;
            return this;
        }

        /** The system's time unless said otherwise. */
        public Builder clock(InstantSource value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** Whether a fire lasts from before the start; not unless said so. */
        public Builder startInFireOperation(boolean value) {
            startInFireOperation = value;
            return this;
        }

        /** The lift, all its buttons shut, or without power in a fire. Refuses to be without floors. */
        public Lift build() {
            return new Lift(this);
        }
    }
}
