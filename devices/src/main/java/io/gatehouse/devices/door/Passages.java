package io.gatehouse.devices.door;

import io.gatehouse.core.gate.PassageSensor.Sighting;
import io.gatehouse.core.place.Direction;
import io.gatehouse.devices.door.DoorEvent.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Matches tickets with what sensors see, so that who passes without one is noticed. Not thread-safe. */
final class Passages {
    private final Set<DoorInput> wired;
    private final Map<DoorInput, InputState> inputs;
    private final BiConsumer<Kind, Map<String, String>> out;
    private final Tickets tickets = new Tickets();

    Passages(Set<DoorInput> wired, Map<DoorInput, InputState> inputs, BiConsumer<Kind, Map<String, String>> out) {
        this.wired = wired;
        this.inputs = inputs;
        this.out = out;
    }

    Tickets tickets() {
        return tickets;
    }

    void issue(Direction side, long until) {
        Ticket ticket = tickets.issue(side, until);
        out.accept(
                Kind.UNLOCKED, Map.of("ticket", ticket.id(), "side", side.name().toLowerCase(Locale.ROOT)));
    }

    /** Where nothing else sees people pass, a leaf that opens is the passage, of one of those who may. */
    void leafOpened(boolean someoneLeaves) {
        if (!someoneLeaves) {
            tickets.take(ticket -> !hasSensor(ticket.side())).ifPresent(ticket -> passed(ticket, "contact"));
        }
        tickets.doubtAll();
    }

    /**
     * A sensor saw somebody.
     *
     * @param mayLeave whether somebody whose way is not known may be leaving
     * @return false if there was no ticket for them and they did not leave
     */
    boolean seen(DoorInput sensor, boolean mayLeave) {
        Optional<Ticket> ticket = tickets.take(each -> sensor == DoorInput.PASSAGE
                || sensor == (each.side() == Direction.ENTRY ? DoorInput.PASSAGE_IN : DoorInput.PASSAGE_OUT));
        ticket.ifPresent(each -> passed(each, "sensor"));
        return ticket.isPresent() || sensor == DoorInput.PASSAGE_OUT || (sensor == DoorInput.PASSAGE && mayLeave);
    }

    /** Ends the tickets that are so long over. */
    void settle(long endedBy, boolean contactKnown, boolean released) {
        for (Optional<Ticket> over = tickets.take(each -> each.until() <= endedBy);
                over.isPresent();
                over = tickets.take(each -> each.until() <= endedBy)) {
            Ticket ticket = over.get();
            boolean certain = !released && wouldHaveSeen(ticket, contactKnown);
            ticket.sighting().complete(certain ? Sighting.NOBODY : Sighting.NO_ANSWER);
            out.accept(Kind.NOT_PASSED, Map.of("ticket", ticket.id(), "certain", Boolean.toString(certain)));
        }
    }

    private void passed(Ticket ticket, String by) {
        ticket.sighting().complete(Sighting.PASSED);
        out.accept(Kind.PASSED, Map.of("ticket", ticket.id(), "by", by));
    }

    private boolean wouldHaveSeen(Ticket ticket, boolean contactKnown) {
        boolean sensorsWork = inputs.entrySet().stream()
                .noneMatch(each -> each.getKey().isPassage() && each.getValue().isFault());
        return hasSensor(ticket.side()) ? sensorsWork : contactKnown && !ticket.isDoubtful();
    }

    private boolean hasSensor(Direction side) {
        return wired.contains(DoorInput.PASSAGE)
                || wired.contains(side == Direction.ENTRY ? DoorInput.PASSAGE_IN : DoorInput.PASSAGE_OUT);
    }
}
