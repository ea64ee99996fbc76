package io.gatehouse.devices.door;

import io.gatehouse.core.place.Direction;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The tickets that nobody has passed with yet, and until when the lock is open for tickets. Not thread-safe. */
final class Tickets {
    private final List<Ticket> outstanding = new ArrayList<>();
    private final Map<Direction, Ticket> newest = new EnumMap<>(Direction.class);
    private long unlockedUntil = DoorMachine.NONE;

    Ticket issue(Direction side, long until) {
        Ticket ticket = new Ticket(side, until);
        outstanding.add(ticket);
        newest.put(side, ticket);
        unlockedUntil = Math.max(unlockedUntil, until);
        return ticket;
    }

    /** Whoever asks now was given none. */
    void forgetNewest(Direction side) {
        newest.remove(side);
    }

    Optional<Ticket> newest(Direction side) {
        return Optional.ofNullable(newest.get(side));
    }

    long unlockedUntil() {
        return unlockedUntil;
    }

    boolean allUsed() {
        return outstanding.isEmpty();
    }

    void doubtAll() {
        outstanding.forEach(Ticket::doubt);
    }

    /** Takes the oldest that fits. */
    Optional<Ticket> take(Predicate<Ticket> fits) {
        for (Iterator<Ticket> each = outstanding.iterator(); each.hasNext(); ) {
            Ticket ticket = each.next();
            if (fits.test(ticket)) {
                each.remove();
                return Optional.of(ticket);
            }
        }
        return Optional.empty();
    }

    /** When the next of them ends, or never. */
    long nextEnd() {
        return outstanding.stream().mapToLong(Ticket::until).min().orElse(Long.MAX_VALUE / 2);
    }

    /** The lock was locked early. */
    void endUnlocking() {
        unlockedUntil = DoorMachine.NONE;
    }

    /** Ends those of one side; the lock stays open for those of the other. */
    void end(Direction side, long now) {
        unlockedUntil = DoorMachine.NONE;
        for (Ticket ticket : outstanding) {
            if (ticket.side() == side) {
                ticket.end(now);
            } else {
                unlockedUntil = Math.max(unlockedUntil, ticket.until());
            }
        }
    }
}
