package io.gatehouse.devices.sim.building;

import io.gatehouse.devices.door.InputState;
import java.util.function.Consumer;

/**
 * The contact of a fire panel, and its wire, which breaks on request. It says what it says to whoever polls it, or nothing
 * while it is mute. Thread-safe.
 */
public final class SimulatedFirePanel {
    private InputState wire = InputState.NORMAL;
    private boolean alarm;
    private boolean mute;

    private SimulatedFirePanel() {}

    /** A panel at rest. */
    public static SimulatedFirePanel create() {
        return new SimulatedFirePanel();
    }

    /** It closes its contact. */
    public synchronized void alarm() {
        alarm = true;
    }

    /** It opens its contact, and its wire is whole again. */
    public synchronized void reset() {
        alarm = false;
        wire = InputState.NORMAL;
        mute = false;
    }

    /** Cuts or bridges its wire, or repairs it. */
    public synchronized void breakWire(InputState fault) {
        if (fault == InputState.ACTIVE) {
            throw new IllegalArgumentException("a wire is cut, short or normal");
        }
        wire = fault;
    }

    /** From now on nobody who polls it hears anything. */
    public synchronized void mute() {
        mute = true;
    }

    /** What whoever polls it hears now. */
    public void poll(Consumer<? super InputState> listener) {
        InputState says;
        synchronized (this) {
            if (mute) {
                return;
            }
            says = wire.isFault() ? wire : alarm ? InputState.ACTIVE : InputState.NORMAL;
        }
        listener.accept(says);
    }
}
