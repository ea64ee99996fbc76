package io.gatehouse.core.outbox;

import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.outbox.OutboxReceipt.Refusal;
import io.gatehouse.core.outbox.Progress.Reading;
import io.gatehouse.core.outbox.Progress.Taken;
import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Brings what outboxes send into a ledger: each event once, in the order of its outbox. Thread-safe; outboxes do not wait
 * for each other, and several at once share the ledger's commits.
 *
 * <p>One event of a batch is durable before the next is appended. A pipeline would be faster, but when a commit in its
 * middle fails, what comes after would be on record before what comes first.
 *
 * <p>How far an outbox is, stands in a table of the store and is written after the ledger: if the program dies between,
 * the batch comes again and the ledger knows its events by their ids. The last batch's ids are kept, so that one whose
 * answer was lost is told from another with the same numbers.
 */
public final class LedgerReceiver implements OutboxReceiver {
    /**
     * What the clocks of a gate and of the server said at the same time: on the first exchange, on each return, and
     * whenever the difference has changed by more than the bound. Recorded before the events that came with it; facts:
     * {@code outbox}, {@code series}, {@code first} (the number of the event that comes next), {@code waiting},
     * {@code gate-time}, {@code difference-millis} (server less gate, with the way from one to the other) and, on a
     * return, {@code offline-since} by the gate's clock. It occurred at the server's time.
     */
    public static final EventKind CLOCK = EventKind.of("outbox.clock");

    /**
     * In the place of an event that the ledger does not take, for another is on record under its id or it is too large;
     * facts: {@code outbox}, {@code series}, {@code number}, {@code event}, {@code kind}.
     */
    public static final EventKind REFUSED = EventKind.of("outbox.refused");

    private static final Logger LOG = System.getLogger(LedgerReceiver.class.getName());
    private static final int STRIPES = 256;
    private static final int MAX_FACTS = 64;

    private final Store store;
    private final Ledger ledger;
    private final InstantSource clock;
    private final Duration clockBound;
    private final List<Object> stripes =
            IntStream.range(0, STRIPES).mapToObj(i -> new Object()).toList();

    private LedgerReceiver(Store store, Ledger ledger, InstantSource clock, Duration clockBound) {
        this.store = store;
        this.ledger = ledger;
        this.clock = clock;
        this.clockBound = clockBound;
    }

    /**
     * Opens the receiver of a store, the ledger's own or another. It needs no closing.
     *
     * @param clock      the server's
     * @param clockBound by how much a clock difference changes before it is recorded again, at least a millisecond
     */
    public static LedgerReceiver open(Store store, Ledger ledger, InstantSource clock, Duration clockBound)
            throws IOException {
        if (clockBound.toMillis() < 1) {
            throw new IllegalArgumentException("the bound of clock differences is at least 1 ms, not " + clockBound);
        }
        store.migrate(ReceiverTables.ROOM, ReceiverTables.SCRIPTS);
        return new LedgerReceiver(
                store, Objects.requireNonNull(ledger, "ledger"), Objects.requireNonNull(clock, "clock"), clockBound);
    }

    @Override
    public OutboxReceipt receive(OutboxBatch batch) throws IOException {
        Instant now = clock.instant();
        synchronized (stripes.get(Math.floorMod(batch.outbox().hashCode(), STRIPES))) {
            Progress before = store.read(
                            connection -> ReceiverTables.progress(connection, batch.outbox(), batch.series()))
                    .orElse(Progress.NOTHING);
            requireInStep(batch, before);
            List<Refusal> refused = refusedBefore(batch, before);
            Progress compared = compareClocks(batch, before, now);
            Progress after = compared.after(batch.first(), appendNew(batch, compared, refused));
            if (!after.equals(before)) {
                save(batch, after);
            }
            return new OutboxReceipt(after.next(), now, refused);
        }
    }

    private void save(OutboxBatch batch, Progress progress) throws IOException {
        store.write(connection -> ReceiverTables.save(connection, batch.outbox(), batch.series(), progress));
    }

    private static void requireInStep(OutboxBatch batch, Progress before) throws OutOfStepException {
        if (batch.first() > before.next()) {
            throw new OutOfStepException("outbox " + batch.outbox() + " sends from event " + batch.first()
                    + ", but " + before.next() + " to " + (batch.first() - 1) + " of series " + batch.series()
                    + " never came: was this server restored from an older backup?");
        }
        boolean isOld = batch.first() < before.windowBegin();
        for (long number = batch.first(); number < Math.min(batch.end(), before.next()) && !isOld; number++) {
            UUID sent =
                    batch.events().get((int) (number - batch.first())).event().id();
            isOld = !before.window()
                    .get((int) (number - before.windowBegin()))
                    .event()
                    .equals(sent);
        }
        if (isOld) {
            throw new OutOfStepException("outbox " + batch.outbox() + " sends events from " + batch.first()
                    + " of series " + batch.series()
                    + " which are not those that were taken under these numbers, up to "
                    + before.next() + ": was the gate restored from an older copy, or have two gates one outbox id?");
        }
    }

    /** The answer to a batch that comes again says what the lost one said. */
    private static List<Refusal> refusedBefore(OutboxBatch batch, Progress before) {
        List<Refusal> refused = new ArrayList<>();
        for (long number = batch.first(); number < Math.min(batch.end(), before.next()); number++) {
            if (before.window().get((int) (number - before.windowBegin())).refused()) {
                refused.add(new Refusal(number, "refused when it was first sent; see the server's log"));
            }
        }
        return refused;
    }

    private List<Taken> appendNew(OutboxBatch batch, Progress progress, List<Refusal> refused) throws IOException {
        List<Taken> taken = new ArrayList<>();
        for (long number = progress.next(); number < batch.end(); number++) {
            OutboxEvent event = batch.events().get((int) (number - batch.first()));
            Optional<Refusal> refusal = append(batch, number, event);
            refusal.ifPresent(refused::add);
            taken.add(new Taken(event.event().id(), refusal.isPresent()));
        }
        return taken;
    }

    private Optional<Refusal> append(OutboxBatch batch, long number, OutboxEvent event) throws IOException {
        try {
            ledger.append(event.withheld() ? sayingSo(event.event()) : event.event());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            LOG.log(
                    Level.ERROR,
                    "event " + number + " of outbox " + batch.outbox() + ", series " + batch.series() + ", is refused",
                    e);
            ledger.append(refusal(batch, number, event.event()));
            String reason = Objects.requireNonNullElse(e.getMessage(), e.toString());
            return Optional.of(new Refusal(number, reason.substring(0, Math.min(reason.length(), Refusal.MAX_REASON))));
        }
    }

    /** As the ledger's own entries say that a person was withheld. An event with all its facts has no place for it. */
    private static LedgerEvent sayingSo(LedgerEvent event) {
        if (event.facts().size() >= MAX_FACTS) {
            return event;
        }
        SortedMap<String, String> facts = new TreeMap<>(event.facts());
        facts.put("person", "shredded");
        return new LedgerEvent(
                event.id(),
                event.occurredAt(),
                event.kind(),
                event.portal(),
                event.zone(),
                Optional.empty(),
                facts,
                new TreeMap<>());
    }

    /** The same each time, so that it is recorded once too. */
    private static LedgerEvent refusal(OutboxBatch batch, long number, LedgerEvent event) {
        String name = "gatehouse outbox refusal " + batch.outbox() + " " + batch.series() + " " + number;
        LedgerEvent.Builder refusal = LedgerEvent.builder(REFUSED, event.occurredAt())
                .id(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)))
                .fact("outbox", batch.outbox().value())
                .fact("series", batch.series().toString())
                .fact("number", Long.toString(number))
                .fact("event", event.id().toString())
                .fact("kind", event.kind().value());
        event.portal().ifPresent(refusal::portal);
        return refusal.build();
    }

    /**
     * Records a clock reading if one is due. It is written down in the table before it is recorded, so that the same one
     * is recorded if the program dies between.
     */
    private Progress compareClocks(OutboxBatch batch, Progress before, Instant now) throws IOException {
        Progress progress = before;
        if (before.reading().isPresent() && !before.reading().get().onRecord()) {
            progress = record(batch, before, before.reading().get());
        }
        if (!isReadingDue(batch, progress.reading(), now)) {
            return progress;
        }
        Reading reading = new Reading(
                UUID.randomUUID(),
                batch.gateTime(),
                now,
                batch.offlineSince(),
                progress.next(),
                batch.waiting(),
                false);
        save(batch, progress.with(reading));
        return record(batch, progress, reading);
    }

    private Progress record(OutboxBatch batch, Progress progress, Reading reading) throws IOException {
        ledger.append(event(batch, reading));
        return progress.with(reading.recorded());
    }

    private boolean isReadingDue(OutboxBatch batch, Optional<Reading> last, Instant now) {
        if (last.isEmpty()) {
            return true;
        }
        boolean returns = batch.offlineSince().isPresent()
                && !batch.offlineSince().equals(last.get().offlineSince());
        Duration change = Duration.between(batch.gateTime(), now)
                .minus(Duration.between(last.get().gateTime(), last.get().serverTime()));
        return returns || change.abs().compareTo(clockBound) > 0;
    }

    private static LedgerEvent event(OutboxBatch batch, Reading reading) {
        Duration difference = Duration.between(reading.gateTime(), reading.serverTime());
        LedgerEvent.Builder event = LedgerEvent.builder(CLOCK, reading.serverTime())
                .id(reading.id())
                .fact("outbox", batch.outbox().value())
                .fact("series", batch.series().toString())
                .fact("first", Long.toString(reading.first()))
                .fact("waiting", Long.toString(reading.waiting()))
                .fact("gate-time", reading.gateTime().toString())
                .fact("difference-millis", Long.toString(difference.toMillis()));
        reading.offlineSince().ifPresent(since -> event.fact("offline-since", since.toString()));
        return event.build();
    }
}
