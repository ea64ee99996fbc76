package io.gatehouse.devices.door;

import io.gatehouse.core.gate.PassageSensor.Sighting;
import io.gatehouse.core.place.Direction;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The right to pass once, from one side. Not thread-safe but for {@link #sighting}. */
final class Ticket {
    private final UUID id = UUID.randomUUID();
    private final Direction side;
    private final CompletableFuture<Sighting> sighting = new CompletableFuture<>();
    private long until;
    private boolean doubtful;

    Ticket(Direction side, long until) {
        this.side = side;
        this.until = until;
    }

    String id() {
        return id.toString();
    }

    Direction side() {
        return side;
    }

    /** Until when the lock is open for it, in the door's nanoseconds. */
    long until() {
        return until;
    }

    void end(long now) {
        until = Math.min(until, now);
    }

    /** Somebody may have passed with it, and nothing here can say so: the leaf was open for somebody else at the time. */
    void doubt() {
        doubtful = true;
    }

    boolean isDoubtful() {
        return doubtful;
    }

    /** What became of it; completed once. */
    CompletableFuture<Sighting> sighting() {
        return sighting;
    }
}
