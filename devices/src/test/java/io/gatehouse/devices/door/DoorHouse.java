package io.gatehouse.devices.door;

import io.gatehouse.core.place.PortalId;
import io.gatehouse.devices.door.DoorEvent.Kind;
import io.gatehouse.devices.house.ManualScheduler;
import io.gatehouse.devices.sim.building.SimulatedDoor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A door, the simulated one behind it, and the time, which the test moves. */
final class DoorHouse implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

    final ManualScheduler scheduler;
    final SimulatedDoor hands;
    final Door door;
    final List<DoorEvent> events = new CopyOnWriteArrayList<>();

    private DoorHouse(ManualScheduler scheduler, SimulatedDoor hands, DoorBuilder builder, DoorInput... inputs) {
        this.scheduler = scheduler;
        this.hands = hands;
        this.door = builder.inputs(inputs)
                .clock(() -> START.plusNanos(scheduler.nanos()))
                .nanoTime(scheduler::nanos)
                .listener(events::add)
                .build();
        hands.connect(door::sense, inputs);
        heard();
    }

    static DoorHouse of(Egress egress, DoorInput... inputs) {
        return of(new ManualScheduler(), FailMode.FAIL_SECURE, egress, DoorOptions.standard(), inputs);
    }

    static DoorHouse of(
            ManualScheduler scheduler, FailMode failMode, Egress egress, DoorOptions options, DoorInput... inputs) {
        return of("front", scheduler, hands(failMode, scheduler), failMode, egress, options, inputs);
    }

    static DoorHouse of(
            String name,
            ManualScheduler scheduler,
            SimulatedDoor hands,
            FailMode failMode,
            Egress egress,
            DoorOptions options,
            DoorInput... inputs) {
        DoorBuilder builder = Door.builder(PortalId.of(name), hands.relay(), egress, scheduler)
                .failMode(failMode)
                .options(options);
        return new DoorHouse(scheduler, hands, builder, inputs);
    }

    /** Its inputs are heard a moment after they change, as from a board that is polled: at the next {@link #later}. */
    static SimulatedDoor hands(FailMode failMode, ManualScheduler scheduler) {
        return SimulatedDoor.create(failMode, scheduler);
    }

    /** What the hands did is heard. */
    void heard() {
        scheduler.advance(Duration.ZERO);
    }

    void later(Duration time) {
        scheduler.advance(time);
    }

    /** What was told of this kind. */
    List<DoorEvent> told(Kind kind) {
        return events.stream().filter(event -> event.kind() == kind).toList();
    }

    List<Kind> kinds() {
        return events.stream().map(DoorEvent::kind).toList();
    }

    @Override
    public void close() {
        door.close();
    }
}
