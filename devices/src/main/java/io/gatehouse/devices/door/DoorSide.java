package io.gatehouse.devices.door;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.Checkpost;
import io.gatehouse.core.gate.PassageSensor;
import io.gatehouse.core.gate.PortalDriver;
import io.gatehouse.core.place.Direction;
import java.util.Objects;

/**
 * One side of a door, for the gate that stands there: its driver and its passage sensor, so that who opens from this side
 * is matched with who passes that way. Release and reset are the whole door's. Thread-safe.
 */
public final class DoorSide implements PortalDriver, PassageSensor {
    private final Door door;
    private final Direction direction;

    DoorSide(Door door, Direction direction) {
        this.door = door;
        this.direction = Objects.requireNonNull(direction, "direction");
    }

    @Override
    public Actuation open() {
        return door.open(direction);
    }

    @Override
    public Actuation release() {
        return door.release();
    }

    @Override
    public Actuation reset() {
        return door.reset();
    }

    /** Waits for whoever was given the newest ticket of this side. */
    @Override
    public Sighting watch(Checkpost checkpost) {
        return door.watch(direction);
    }

    @Override
    public String toString() {
        return door.portal() + " " + direction;
    }
}
