package io.gatehouse.core.outbox;

import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.LedgerException;
import io.gatehouse.core.outbox.OutboxReceipt.Refusal;
import io.gatehouse.core.outbox.OutboxTables.Root;
import io.gatehouse.core.outbox.OutboxTables.Row;
import io.gatehouse.core.outbox.OutboxTables.Totals;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The events of an outbox on disk, bounded. Thread-safe: what changes it goes one after the other. */
final class Buffer {
    private static final long MAX_BATCH_BYTES = 1L << 20;

    private final Store store;
    private final EventSealer sealer;
    private final OutboxOptions options;
    private final Object lock = new Object();
    private Root root;
    private Totals totals;

    /** That a write failed: what it did is not known before the tables were looked at again. */
    private boolean stale;

    private Buffer(Store store, Vault vault, OutboxOptions options, Root root) throws IOException {
        this.store = store;
        this.sealer = new EventSealer(vault);
        this.options = options;
        this.root = root;
        this.totals = totals(store, root);
    }

    static Buffer open(Store store, Vault vault, OutboxId id, OutboxOptions options) throws IOException {
        store.migrate(OutboxTables.ROOM, OutboxTables.SCRIPTS);
        Optional<Root> stored = store.read(OutboxTables::root);
        Root root = stored.isPresent() ? stored.get() : new Root(id.value(), UUID.randomUUID(), 0, 0);
        if (stored.isEmpty()) {
            store.write(connection -> OutboxTables.insertRoot(connection, root));
        }
        if (!root.name().equals(id.value())) {
            throw new LedgerException("the store holds the outbox " + root.name() + ", not " + id
                    + ": open it by its name or give a store of its own");
        }
        return new Buffer(store, vault, options, root);
    }

    /** Positions are not used again when everything was delivered. */
    private static Totals totals(Store store, Root root) throws IOException {
        Totals read = store.read(OutboxTables::totals);
        return new Totals(Math.max(read.next(), root.delivered()), read.events(), read.refused(), read.bytes());
    }

    /** Writes in one transaction; whether it did what it should, is looked up if it throws. */
    private void write(Store.Work<Integer> work) throws IOException {
        stale = true;
        store.write(work);
        stale = false;
    }

    private void refresh() throws IOException {
        if (stale) {
            root = store.read(OutboxTables::root).orElseThrow(() -> new LedgerException("the outbox is gone"));
            totals = totals(store, root);
            stale = false;
        }
    }

    void take(LedgerEvent event) throws IOException {
        synchronized (lock) {
            refresh();
            if (isHere(event)) {
                return;
            }
            long position = totals.next();
            byte[] content = sealer.seal(position, event);
            requireSpace(event, content.length);
            write(connection -> OutboxTables.insert(connection, position, event.id(), content));
            totals = new Totals(position + 1, totals.events() + 1, totals.refused(), totals.bytes() + content.length);
        }
    }

    private boolean isHere(LedgerEvent event) throws IOException {
        Optional<Row> row = store.read(connection -> OutboxTables.byEvent(connection, event.id()));
        if (row.isPresent()
                && !EventSealer.isSame(
                        event, sealer.open(row.get().position(), row.get().content()))) {
            throw new IllegalArgumentException(
                    "event " + event.id() + " is in the outbox with other content: an id is used once");
        }
        return row.isPresent();
    }

    private void requireSpace(LedgerEvent event, int bytes) throws OutboxFullException {
        boolean isDecision = event.kind().equals(EventKind.DECISION);
        long maxEvents = isDecision ? options.eventsForDecisions() : options.maxEvents();
        long maxBytes = isDecision ? options.bytesForDecisions() : options.maxBytes();
        if (totals.events() + 1 > maxEvents || totals.bytes() + bytes > maxBytes) {
            throw new OutboxFullException("the outbox " + root.name() + " keeps " + totals.events() + " events, "
                    + totals.refused() + " of them refused, of " + totals.bytes() + " bytes; for events of kind "
                    + event.kind() + " the limit is " + maxEvents + " events and " + maxBytes
                    + " bytes, so event " + event.id()
                    + " was not taken: bring the gate's server back, drop what was refused, or allow more");
        }
    }

    /**
     * Events to deliver, in order.
     *
     * @param series  their numbering
     * @param number  the number of the first, or of the next if there is none
     * @param events  at most as many as a batch has
     * @param waiting how many there are in all
     */
    record Slice(UUID series, long number, List<OutboxEvent> events, long waiting) {}

    /** What is to be delivered next. What cannot be read any more is put into words in its place. */
    Slice slice(DamagedEvents damaged) throws IOException {
        Root now;
        long waiting;
        synchronized (lock) {
            refresh();
            now = root;
            waiting = waiting();
        }
        List<Row> rows = store.read(
                connection -> OutboxTables.from(connection, now.delivered(), OutboxBatch.MAX_EVENTS, MAX_BATCH_BYTES));
        List<OutboxEvent> events = new ArrayList<>();
        for (Row row : rows) {
            while (now.delivered() + events.size() < row.position() && events.size() < OutboxBatch.MAX_EVENTS) {
                events.add(damaged.missing(now.series(), now.delivered() + events.size()));
            }
            if (events.size() < OutboxBatch.MAX_EVENTS) {
                events.add(damaged.orOpened(
                        now.series(), row.position(), () -> sealer.open(row.position(), row.content())));
            }
        }
        return new Slice(now.series(), now.delivered() - now.seriesBegin(), events, Math.max(waiting, events.size()));
    }

    /** By position, so that a missing row counts too: its place is delivered in words. */
    private long waiting() {
        return totals.next() - root.delivered();
    }

    /** Removes what was delivered. */
    void delivered(long next, List<Refusal> refused) throws IOException {
        synchronized (lock) {
            refresh();
            Root moved = new Root(root.name(), root.series(), root.seriesBegin(), root.seriesBegin() + next);
            write(connection -> OutboxTables.deliver(connection, moved, refused));
            stale = true;
            refresh();
        }
    }

    UUID beginAnew() throws IOException {
        synchronized (lock) {
            refresh();
            Root anew = new Root(root.name(), UUID.randomUUID(), root.delivered(), root.delivered());
            write(connection -> OutboxTables.updateRoot(connection, anew));
            root = anew;
            return anew.series();
        }
    }

    List<RefusedEvent> refused(int limit, DamagedEvents damaged) throws IOException {
        UUID series;
        synchronized (lock) {
            refresh();
            series = root.series();
        }
        List<RefusedEvent> refused = new ArrayList<>();
        for (Row row : store.read(connection -> OutboxTables.refused(connection, limit))) {
            refused.add(new RefusedEvent(
                    row.position(),
                    damaged.orOpened(series, row.position(), () -> sealer.open(row.position(), row.content())),
                    Objects.requireNonNullElse(row.refused(), "")));
        }
        return refused;
    }

    void dropRefused(long position) throws IOException {
        synchronized (lock) {
            refresh();
            write(connection -> OutboxTables.dropRefused(connection, position));
            stale = true;
            refresh();
        }
    }

    /** How much there is to deliver, is refused and takes how many bytes. */
    record Fill(long waiting, long refused, long bytes) {}

    Fill fill() throws IOException {
        synchronized (lock) {
            refresh();
            return new Fill(waiting(), totals.refused(), totals.bytes());
        }
    }
}
