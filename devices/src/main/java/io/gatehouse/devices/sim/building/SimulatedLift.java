package io.gatehouse.devices.sim.building;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.devices.door.FailMode;
import io.gatehouse.devices.door.Relay;
import io.gatehouse.devices.sim.BoardFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A lift that is not there: floors 0, 1, …, a relay for the button of each, and a controller of its own, which in a fire
 * goes to floor 0, stays, and heeds neither buttons nor relays. Misbehaves on request. Thread-safe.
 */
public final class SimulatedLift {
    private final FailMode failMode;
    private final boolean[] energised;
    private final boolean[] restricted;
    private final List<Integer> ways = new ArrayList<>();
    private BoardFault fault = BoardFault.NONE;
    private boolean fire;
    private int floor;

    private SimulatedLift(FailMode failMode, int floors) {
        this.failMode = Objects.requireNonNull(failMode, "failMode");
        this.energised = new boolean[floors];
        this.restricted = new boolean[floors];
    }

    /** A lift that stands at floor 0. */
    public static SimulatedLift create(FailMode failMode, int floors) {
        return new SimulatedLift(failMode, floors);
    }

    /** The relay of a floor, which restricts it from now on. */
    public synchronized Relay relay(int of) {
        restricted[of] = true;
        return on -> command(of, on);
    }

    /** From now on its relays misbehave so. */
    public synchronized void misbehave(BoardFault value) {
        fault = Objects.requireNonNull(value, "fault");
    }

    /** Somebody in the car presses a button; true if the car goes there. */
    public synchronized boolean press(int to) {
        boolean isFree = !restricted[to] || (failMode == FailMode.FAIL_SECURE) == energised[to];
        if (fire || !isFree) {
            return false;
        }
        floor = to;
        ways.add(to);
        return true;
    }

    /** The fire panel calls the lift, or lets it go. */
    public synchronized void fire(boolean on) {
        fire = on;
        floor = on ? 0 : floor;
    }

    public synchronized int floor() {
        return floor;
    }

    /** Whether all relays are without power, as if nobody restricted anything. */
    public synchronized boolean isLeftAlone() {
        return !anyOf(energised);
    }

    /** Where it went by its buttons. */
    public synchronized List<Integer> ways() {
        return List.copyOf(ways);
    }

    private synchronized Actuation command(int of, boolean on) {
        if (fault == BoardFault.NONE || fault == BoardFault.MUTE || fault == BoardFault.GARBLED) {
            energised[of] = on;
        }
        return switch (fault) {
            case NONE -> new Actuation.Done();
            case REFUSING -> new Actuation.Failed(Reason.of("sim.refusing", "The simulated board refuses."));
            case DEAF, MUTE, GARBLED ->
                new Actuation.NoAnswer(Reason.of("sim.mute", "The simulated board says nothing that counts."));
        };
    }

    private static boolean anyOf(boolean[] values) {
        for (boolean value : values) {
            if (value) {
                return true;
            }
        }
        return false;
    }
}
