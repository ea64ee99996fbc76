package io.gatehouse.devices.fleet;

import java.util.EnumSet;
import java.util.Set;

/** Where a device is in its life. */
public enum DeviceState {
    /** Bought, in a box. */
    BOUGHT,
    /** At its place, waiting for its acceptance test. */
    INSTALLED,
    /** At work. */
    IN_SERVICE,
    /** Somebody, or its silence, says that it does not work. */
    FAULTY,
    /** With whoever repairs it. It comes back to be installed and accepted again. */
    IN_REPAIR,
    /** Another does its work. */
    REPLACED,
    /** Gone for good. */
    SCRAPPED;

    /** Where it may go from here. */
    public Set<DeviceState> next() {
        return switch (this) {
            case BOUGHT -> EnumSet.of(INSTALLED, SCRAPPED);
            case INSTALLED -> EnumSet.of(IN_SERVICE, FAULTY, REPLACED);
            case IN_SERVICE -> EnumSet.of(FAULTY, REPLACED);
            case FAULTY -> EnumSet.of(IN_REPAIR, IN_SERVICE, REPLACED);
            case IN_REPAIR -> EnumSet.of(INSTALLED, REPLACED);
            case REPLACED -> EnumSet.of(SCRAPPED);
            case SCRAPPED -> EnumSet.noneOf(DeviceState.class);
        };
    }
}
