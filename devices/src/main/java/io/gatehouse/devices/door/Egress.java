package io.gatehouse.devices.door;

/**
 * How people get out. Every door has a way, and nothing here takes it away: no rule, no anti-passback, no interlock, no
 * lockdown. There is no door without.
 */
public enum Egress {
    /**
     * A button has the lock opened. Cut or short, the button counts as pressed, for nobody could get out otherwise. In a
     * real building it also breaks the lock's circuit by itself: this program is the second way.
     */
    BUTTON,
    /** The handle inside always opens, and a switch in it says so. */
    SENSED_HANDLE,
    /** The handle inside always opens and nothing says so: an opening that nobody unlocked is taken for somebody leaving. */
    PLAIN_HANDLE
}
