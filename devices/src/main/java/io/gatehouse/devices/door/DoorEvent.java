package io.gatehouse.devices.door;

import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.place.PortalId;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that happened at a door. Immutable and thread-safe; names nobody.
 *
 * @param portal the door
 * @param at     when
 * @param kind   what
 * @param facts  codes that say more: the input, the ticket, the reason
 */
public record DoorEvent(PortalId portal, Instant at, Kind kind, SortedMap<String, String> facts) {
    public DoorEvent {
        Objects.requireNonNull(portal, "portal");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(kind, "kind");
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    static DoorEvent of(PortalId portal, Instant at, Kind kind, Map<String, String> facts) {
        return new DoorEvent(portal, at, kind, new TreeMap<>(facts));
    }

    /** For the record, under {@link Kind#eventKind}. */
    public LedgerEvent toLedgerEvent() {
        LedgerEvent.Builder event = LedgerEvent.builder(kind.eventKind(), at).portal(portal);
        facts.forEach(event::fact);
        return event.build();
    }

    /** What happened. */
    public enum Kind {
        /** Unlocked for a ticket, or told to and not answered. */
        UNLOCKED("door.unlocked"),
        /** A ticket was refused by the door itself: lockdown, interlock, a late timer. */
        REFUSED("door.refused"),
        /** Somebody passed with a ticket. */
        PASSED("door.passed"),
        /** A ticket expired and nobody was seen to pass with it. */
        NOT_PASSED("door.not-passed"),
        /** Somebody went in for whom there was no ticket. */
        TAILGATING(EventKind.DOOR_TAILGATING.value()),
        /** Somebody asked to leave. */
        EXIT("door.exit"),
        /** The leaf opened although nobody unlocked it or asked to leave. */
        FORCED_OPEN(EventKind.DOOR_FORCED_OPEN.value()),
        /** The leaf is open for too long. */
        HELD_OPEN(EventKind.DOOR_HELD_OPEN.value()),
        /** A leaf that was forced or held is closed. */
        CLOSED("door.closed"),
        /** The bolt is not where the lock was told to put it. */
        JAMMED("door.jammed"),
        /** The bolt is where it should be again. */
        FREED("door.freed"),
        /** The lock did not do, or not confirm, what it was told. */
        UNCONFIRMED("door.unconfirmed"),
        /** An input is cut or short. */
        INPUT_FAULT("door.input-fault"),
        /** An input that was cut or short works again. */
        INPUT_REPAIRED("door.input-repaired"),
        TAMPER("door.tamper"),
        DURESS("door.duress"),
        LOCKDOWN("door.lockdown"),
        LOCKDOWN_ENDED("door.lockdown-ended"),
        RELEASED("door.released"),
        RESET("door.reset"),
        /** Somebody left through one door of an interlock while the other was not shut. */
        INTERLOCK_OVERRIDDEN("door.interlock-overridden"),
        /** The timer that locks came late: unlocking is refused until it keeps time again. */
        TIMER_LATE("door.timer-late");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As it is recorded. */
        public EventKind eventKind() {
            return EventKind.of(word);
        }
    }
}
