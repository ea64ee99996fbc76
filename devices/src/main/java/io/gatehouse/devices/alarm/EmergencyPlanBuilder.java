package io.gatehouse.devices.alarm;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.Gate;
import io.gatehouse.core.gate.PortalDriver;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.devices.door.Door;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/** Collects the doors of an {@link EmergencyPlan}, each in one group. Not thread-safe. */
public final class EmergencyPlanBuilder {
    /** The group of doors that were given none. */
    public static final String DEFAULT_GROUP = "house";

    final Executor executor;
    final Map<String, AlarmDoor> doors = new LinkedHashMap<>();
    Duration answerWithin = Duration.ofSeconds(5);
    InstantSource clock = InstantSource.system();
    Optional<AlarmLatch> latch = Optional.empty();
    Optional<Consumer<? super LedgerEvent>> recorder = Optional.empty();
    private String group = DEFAULT_GROUP;

    EmergencyPlanBuilder(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    /** The doors that follow belong to this group: what one fire zone releases. */
    public EmergencyPlanBuilder group(String value) {
        if (value.isBlank() || value.equals(Alarm.EVERYWHERE)) {
            throw new IllegalArgumentException("a group has a name of its own, not '" + value + "'");
        }
        group = value;
        return this;
    }

    /** A gate, which records the release and the reset; named by its portal. It goes on when there is violence. */
    public EmergencyPlanBuilder gate(Gate gate) {
        return door(gate.portal().id().value(), gate::release, gate::reset);
    }

    /** A gate, and its door, which locks down when there is violence or does what else is said. */
    public EmergencyPlanBuilder gate(Gate gate, Door door, ViolenceAction onViolence) {
        return add(gate.portal().id().value(), gate::release, gate::reset, Optional.of(door), onViolence);
    }

    /** A door without a gate, which locks down when there is violence or does what else is said. */
    public EmergencyPlanBuilder door(Door door, ViolenceAction onViolence) {
        return add(
                door.portal().value(), cause -> door.release(), guard -> door.reset(), Optional.of(door), onViolence);
    }

    /** Whatever can be released and reset. */
    public EmergencyPlanBuilder door(String name, PortalDriver driver) {
        return door(name, cause -> driver.release(), guard -> driver.reset());
    }

    /** Anything that can be released, with the cause, and reset, by a guard. */
    public EmergencyPlanBuilder door(
            String name,
            Function<? super String, ? extends Actuation> release,
            Function<? super PersonId, ? extends Actuation> reset) {
        return add(name, release, reset, Optional.empty(), ViolenceAction.LEAVE);
    }

    /** Where alarms last over a restart; without, they end with the program. */
    public EmergencyPlanBuilder latch(AlarmLatch value) {
        latch = Optional.of(value);
        return this;
    }

    /**
     * Takes the record of each alarm, override and reset, after the doors were told; must not hold up, as {@code
     * DoorRecorder::record} does not.
     */
    public EmergencyPlanBuilder recorder(Consumer<? super LedgerEvent> value) {
        recorder = Optional.of(value);
        return this;
    }

    /** How long to wait for the doors' answers, at least 1 ms; 5 seconds unless said otherwise. */
    public EmergencyPlanBuilder answerWithin(Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException("doors are given at least 1 ms to answer, not " + value);
        }
        answerWithin = value;
        return this;
    }

    /** The time of alarms; the system's unless said otherwise. */
    public EmergencyPlanBuilder clock(InstantSource value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /** The plan. What was latched before is in force when this returns. Refuses to be without doors. */
    public EmergencyPlan build() {
        EmergencyPlan plan = new EmergencyPlan(this);
        plan.takeUp();
        return plan;
    }

    private EmergencyPlanBuilder add(
            String name,
            Function<? super String, ? extends Actuation> release,
            Function<? super PersonId, ? extends Actuation> reset,
            Optional<Door> lockable,
            ViolenceAction onViolence) {
        if (name.isBlank() || name.equals(Alarm.EVERYWHERE)) {
            throw new IllegalArgumentException("a door has a name of its own, not '" + name + "'");
        }
        AlarmDoor door = new AlarmDoor(name, group, release, reset, lockable, onViolence);
        if (doors.putIfAbsent(name, door) != null) {
            throw new IllegalArgumentException("the door '" + name + "' is in this plan already");
        }
        return this;
    }
}
