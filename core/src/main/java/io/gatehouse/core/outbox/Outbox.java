package io.gatehouse.core.outbox;

import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.outbox.Buffer.Fill;
import io.gatehouse.core.outbox.Buffer.Slice;
import io.gatehouse.core.outbox.OutboxReceipt.Refusal;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a gate records into when its ledger is elsewhere: events become durable on the gate's own disk, and
 * {@link #drain} delivers them, in order, to whatever brings them into the ledger. Thread-safe; taking events does not
 * wait for a delivery.
 *
 * <p>An event is removed after the receiver said that it is on record. Whatever dies in between, it is sent again, and
 * the receiver knows it by its number and the ledger by its id: it is on record once. When it happened is in the event,
 * by the gate's clock; when it was recorded is in the entry, by the server's; how much the two clocks differ is on
 * record beside them ({@link LedgerReceiver#CLOCK}).
 *
 * <p>On the disk everything is sealed by the gate's vault, person and personal facts under the person's own key. Shred a
 * person in the vaults of gates too: their waiting events are then delivered without them.
 */
public final class Outbox implements EventSink {
    /** In the place of an event that was altered or removed in the outbox; says which position. */
    public static final EventKind DAMAGED = EventKind.of("outbox.damaged");

    private static final Logger LOG = System.getLogger(Outbox.class.getName());
    private static final int MAX_LISTED = 10_000;

    private final OutboxId id;
    private final InstantSource clock;
    private final Buffer buffer;
    private final DamagedEvents damaged;
    private final ReentrantLock exchanging = new ReentrantLock();

    /** Replaced whole, by whoever is exchanging. */
    private volatile Line line;

    private volatile Runnable listener = () -> {};

    /** How the line to the receiver is. */
    private record Line(
            @Nullable Instant offlineSince,
            @Nullable Duration clockDifference,
            @Nullable String problem) {}

    private Outbox(OutboxId id, Buffer buffer, InstantSource clock) {
        this.id = id;
        this.buffer = buffer;
        this.clock = clock;
        this.damaged = new DamagedEvents(id, clock);
        this.line = new Line(clock.instant(), null, null);
    }

    /**
     * Opens the outbox of a gate's store, making it in a store that has none. One is open on a store at a time; it needs
     * no closing, the caller closes vault and store.
     *
     * @param id    names it to the receiver, the same for ever
     * @param clock the gate's
     * @throws io.gatehouse.core.ledger.LedgerException if the store holds an outbox of another name
     */
    public static Outbox open(Store store, Vault vault, OutboxId id, InstantSource clock, OutboxOptions options)
            throws IOException {
        Objects.requireNonNull(clock, "clock");
        return new Outbox(id, Buffer.open(store, vault, id, options), clock);
    }

    /**
     * {@inheritDoc} Must not be called within a work of the same store.
     *
     * @throws OutboxFullException if it keeps as much as it may
     */
    @Override
    public void take(LedgerEvent event) throws IOException {
        buffer.take(event);
        listener.run();
    }

    /**
     * Delivers what is waiting, batch after batch, until nothing is. There is at least one exchange, if only to compare
     * clocks; one drain runs at a time, others wait. {@link OutboxCourier} does this by itself.
     *
     * @return how many events were delivered
     * @throws OutOfStepException if the receiver's numbers and these do not go together
     * @throws IOException        if the receiver cannot be reached or does not take them; what it took is delivered, the
     *                            rest waits
     */
    public long drain(OutboxReceiver receiver) throws IOException {
        exchanging.lock();
        try {
            long delivered = 0;
            do {
                delivered += exchange(receiver);
            } while (buffer.fill().waiting() > 0);
            return delivered;
        } catch (IOException | RuntimeException e) {
            Instant since = line.offlineSince();
            line = new Line(
                    since == null ? clock.instant() : since,
                    line.clockDifference(),
                    Objects.requireNonNullElse(e.getMessage(), e.toString()));
            throw e;
        } finally {
            exchanging.unlock();
        }
    }

    private long exchange(OutboxReceiver receiver) throws IOException {
        Slice slice = buffer.slice(damaged);
        OutboxBatch batch = new OutboxBatch(
                id,
                slice.series(),
                slice.number(),
                slice.events(),
                slice.waiting(),
                clock.instant(),
                Optional.ofNullable(line.offlineSince()));
        OutboxReceipt receipt = Objects.requireNonNull(receiver.receive(batch), "receipt");
        requireAnswerTo(batch, receipt);
        for (Refusal each : receipt.refused()) {
            LOG.log(Level.ERROR, "event " + each.number() + " of outbox " + id + " was refused: " + each.reason());
        }
        buffer.delivered(receipt.next(), receipt.refused());
        line = new Line(null, Duration.between(batch.gateTime(), receipt.serverTime()), null);
        return receipt.next() - batch.first();
    }

    /** What the receiver says leads to deletions. */
    private void requireAnswerTo(OutboxBatch batch, OutboxReceipt receipt) throws IOException {
        long least = batch.events().isEmpty() ? batch.first() : batch.first() + 1;
        boolean refusesOthers = receipt.refused().stream().anyMatch(each -> each.number() < batch.first());
        if (receipt.next() < least || receipt.next() > batch.end() || refusesOthers) {
            throw new IOException("the receiver's receipt goes up to " + receipt.next() + ", which is no answer to "
                    + batch + " of outbox " + id + ": nothing was removed, check the receiver");
        }
    }

    /**
     * Numbers what is waiting anew, from 0 in a new series, after an {@link OutOfStepException} whose cause is known. What
     * is on record already comes to the same entry again; what the other side lost, or this one, stays lost.
     *
     * @return the new series
     */
    public UUID beginAnew() throws IOException {
        exchanging.lock();
        try {
            return buffer.beginAnew();
        } finally {
            exchanging.unlock();
        }
    }

    /** How it does. */
    public OutboxStatus status() throws IOException {
        Fill fill = buffer.fill();
        Line now = line;
        return new OutboxStatus(
                fill.waiting(),
                fill.refused(),
                fill.bytes(),
                Optional.ofNullable(now.offlineSince()),
                Optional.ofNullable(now.clockDifference()),
                Optional.ofNullable(now.problem()));
    }

    /**
     * Events that were refused, the oldest first.
     *
     * @param limit at most so many, 1 to 10,000
     */
    public List<RefusedEvent> refused(int limit) throws IOException {
        if (limit < 1 || limit > MAX_LISTED) {
            throw new IllegalArgumentException(
                    "refused events are listed 1 to " + MAX_LISTED + " at once, not " + limit);
        }
        return buffer.refused(limit, damaged);
    }

    /** Removes a refused event for good, when it was looked at. Idempotent. */
    public void dropRefused(RefusedEvent event) throws IOException {
        buffer.dropRefused(event.position());
    }

    /** What is told, in the thread that took it, that an event is waiting; must neither wait nor throw. */
    void whenWaiting(Runnable told) {
        listener = told;
    }

    public OutboxId id() {
        return id;
    }

    @Override
    public String toString() {
        return "Outbox[" + id + "]";
    }
}
