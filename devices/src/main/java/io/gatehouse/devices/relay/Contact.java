package io.gatehouse.devices.relay;

import io.gatehouse.devices.door.InputState;

/** How a contact is wired to a board's input. */
public enum Contact {
    /** Closes when it becomes active. A cut wire looks like rest: for what may fail quietly only. */
    NORMALLY_OPEN {
        @Override
        InputState state(boolean on) {
            return on ? InputState.ACTIVE : InputState.NORMAL;
        }
    },
    /** Opens when it becomes active, so that a cut wire looks active: for exit buttons, fire panels and leaves. */
    NORMALLY_CLOSED {
        @Override
        InputState state(boolean on) {
            return on ? InputState.NORMAL : InputState.ACTIVE;
        }
    };

    /** What it says when the board's input is on or off. */
    abstract InputState state(boolean on);
}
