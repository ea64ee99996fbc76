package io.gatehouse.core.outbox;

import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.LedgerException;
import io.gatehouse.core.vault.VaultException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Says in an event that another one is lost: what the disk made unreadable, or somebody removed, must neither hold up
 * what came after it nor vanish in silence. Thread-safe.
 */
final class DamagedEvents {
    private static final Logger LOG = System.getLogger(DamagedEvents.class.getName());

    private final OutboxId outbox;
    private final InstantSource clock;

    DamagedEvents(OutboxId outbox, InstantSource clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Opens one event. */
    @FunctionalInterface
    interface Opening {
        OutboxEvent open() throws IOException;
    }

    /** The event, or what says that it cannot be read. A store that cannot be read at all is still an exception. */
    OutboxEvent orOpened(UUID series, long position, Opening opening) throws IOException {
        try {
            return opening.open();
        } catch (VaultException | LedgerException e) {
            LOG.log(Level.ERROR, "the event at position " + position + " of outbox " + outbox + " was altered", e);
            return inPlaceOf(series, position, "altered");
        }
    }

    OutboxEvent missing(UUID series, long position) {
        LOG.log(Level.ERROR, "the event at position " + position + " of outbox " + outbox + " was removed");
        return inPlaceOf(series, position, "removed");
    }

    /** The same id each time: it is sent again like every event. */
    private OutboxEvent inPlaceOf(UUID series, long position, String what) {
        String name = "gatehouse outbox damage " + outbox + " " + series + " " + position;
        return OutboxEvent.of(LedgerEvent.builder(Outbox.DAMAGED, clock.instant())
                .id(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)))
                .fact("outbox", outbox.value())
                .fact("position", Long.toString(position))
                .fact("damage", what)
                .build());
    }
}
