package io.gatehouse.devices.link;

import java.util.Set;

/**
 * What a link knows about its other side. A link that was opened once goes from open to lost or closed; a {@link
 * ReopeningLink} goes from opening to open, and from lost over backing off to opening again, until it is closed. Immutable.
 */
public enum LinkState {
    /** Closed by us, for good. */
    CLOSED,
    /** An attempt to open it is under way. */
    OPENING,
    /** Bytes can go both ways. */
    OPEN,
    /** The other side went away: unplugged, hung up. */
    LOST,
    /** It waits before the next attempt to open it. */
    BACKING_OFF;

    /** Whether the one may follow the other. */
    boolean canBecome(LinkState next) {
        return after().contains(next);
    }

    private Set<LinkState> after() {
        return switch (this) {
            case CLOSED -> Set.of();
            case OPENING -> Set.of(OPEN, BACKING_OFF, CLOSED);
            case OPEN -> Set.of(LOST, CLOSED);
            case LOST -> Set.of(BACKING_OFF, CLOSED);
            case BACKING_OFF -> Set.of(OPENING, CLOSED);
        };
    }
}
