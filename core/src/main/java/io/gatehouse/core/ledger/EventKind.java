package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.verify.KeyChange;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What kind of thing happened. Rooms define their own; these are the gate's, and those that one room records and another
 * follows. Immutable and thread-safe.
 *
 * @param value dotted lower-case words, at most 64 characters
 */
public record EventKind(String value) {
    // First: the constants below are checked against it.
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)+");

    /** A decision at a portal, recorded before the door moves. */
    public static final EventKind DECISION = new EventKind("gate.decision");

    /** What the door did after a granted decision. */
    public static final EventKind OUTCOME = new EventKind("gate.outcome");

    /** Somebody passed a portal: the person is in the entry's zone from now on. */
    public static final EventKind PASSAGE = new EventKind("gate.passage");

    /** Doors were released or reset for an emergency. */
    public static final EventKind EMERGENCY = new EventKind("gate.emergency");

    /** A door's leaf was open for longer than it may be. */
    public static final EventKind DOOR_HELD_OPEN = new EventKind("door.held-open");

    /** A door's leaf opened although nobody unlocked it or asked to leave. */
    public static final EventKind DOOR_FORCED_OPEN = new EventKind("door.forced-open");

    /** Somebody went in for whom there was no ticket. */
    public static final EventKind DOOR_TAILGATING = new EventKind("door.tailgating");

    /** The ledger is signed by another key from here on; only the ledger itself records this. */
    public static final EventKind KEY_CHANGE = new EventKind(KeyChange.KIND);

    public EventKind {
        Objects.requireNonNull(value, "value");
        if (value.length() > 64 || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "event kind '" + value + "' is not dotted lower-case words of at most 64 characters");
        }
    }

    public static EventKind of(String value) {
        return new EventKind(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
