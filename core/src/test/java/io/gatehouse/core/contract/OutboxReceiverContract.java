package io.gatehouse.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.outbox.OutOfStepException;
import io.gatehouse.core.outbox.OutboxBatch;
import io.gatehouse.core.outbox.OutboxEvent;
import io.gatehouse.core.outbox.OutboxId;
import io.gatehouse.core.outbox.OutboxReceipt;
import io.gatehouse.core.outbox.OutboxReceiver;
import io.gatehouse.core.place.PortalId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link OutboxReceiver} keeps to. To test one, extend this class; give an empty one for each test, and the
 * same, opened anew as after a restart, when asked again.
 */
public abstract class OutboxReceiverContract {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final OutboxId NORTH = OutboxId.of("north");
    private static final OutboxId SOUTH = OutboxId.of("south");
    private static final UUID SERIES = new UUID(7, 7);

    private OutboxReceiver receiver;

    /** For subclasses. */
    protected OutboxReceiverContract() {}

    /** The receiver of this test: nothing taken at first, and the same, opened anew, each further time. */
    protected abstract OutboxReceiver open() throws Exception;

    /** What the ledger behind it has now, in its order, all kinds of events. */
    protected abstract List<LedgerEvent> recorded() throws Exception;

    @BeforeEach
    void openOnce() throws Exception {
        receiver = open();
    }

    private static LedgerEvent event(int number) {
        return LedgerEvent.builder(EventKind.PASSAGE, NOON.plusSeconds(number))
                .id(new UUID(1, number))
                .portal(PortalId.of("door"))
                .person(PersonId.of("person-" + number))
                .fact("number", Integer.toString(number))
                .personalFact("score", "12.5")
                .build();
    }

    private static List<LedgerEvent> events(int from, int end) {
        List<LedgerEvent> events = new ArrayList<>();
        for (int number = from; number < end; number++) {
            events.add(event(number));
        }
        return events;
    }

    private static OutboxBatch batch(OutboxId outbox, UUID series, long first, List<LedgerEvent> events) {
        return new OutboxBatch(
                outbox,
                series,
                first,
                events.stream().map(OutboxEvent::of).toList(),
                events.size(),
                NOON,
                Optional.empty());
    }

    private OutboxReceipt send(long first, List<LedgerEvent> events) throws IOException {
        return receiver.receive(batch(NORTH, SERIES, first, events));
    }

    private List<LedgerEvent> passages() throws Exception {
        return recorded().stream()
                .filter(event -> event.kind().equals(EventKind.PASSAGE))
                .toList();
    }

    @Test
    @DisplayName("ATT-27 what was buffered arrives once, in order, with the time at which it happened")
    void recordsBatchesInOrder() throws Exception {
        assertThat(send(0, events(0, 3)).next()).isEqualTo(3);
        assertThat(send(3, events(3, 5)).next()).isEqualTo(5);
        assertThat(passages()).isEqualTo(events(0, 5));
    }

    @Test
    @DisplayName("ATT-27 a batch whose answer was lost is recorded once")
    void recordsABatchThatComesAgainOnce() throws Exception {
        send(0, events(0, 3));
        assertThat(send(0, events(0, 3)).next()).isEqualTo(3);
        assertThat(send(1, events(1, 3)).next()).isEqualTo(3);
        assertThat(send(0, events(0, 5)).next()).isEqualTo(5);
        assertThat(send(0, events(0, 6)).next()).isEqualTo(6);
        assertThat(passages()).isEqualTo(events(0, 6));
    }

    @Test
    @DisplayName("ATT-27 a batch that comes again after somebody in it was shredded at the gate is recorded once")
    void knowsABatchAgainOfWhichAPersonIsWithheld() throws Exception {
        send(0, events(0, 2));
        LedgerEvent clear = LedgerEvent.builder(EventKind.PASSAGE, NOON)
                .id(new UUID(1, 0))
                .portal(PortalId.of("door"))
                .fact("number", "0")
                .build();
        OutboxReceipt receipt = receiver.receive(new OutboxBatch(
                NORTH,
                SERIES,
                0,
                List.of(new OutboxEvent(clear, true), OutboxEvent.of(event(1))),
                2,
                NOON,
                Optional.empty()));
        assertThat(receipt.next()).isEqualTo(2);
        assertThat(receipt.refused()).isEmpty();
        assertThat(passages()).isEqualTo(events(0, 2));
    }

    @Test
    void refusesAGapAndRecordsNothingOfTheBatch() throws Exception {
        send(0, events(0, 2));
        assertThatThrownBy(() -> send(3, events(3, 5)))
                .isInstanceOf(OutOfStepException.class)
                .hasMessageContaining("north");
        assertThatThrownBy(() -> receiver.receive(batch(SOUTH, SERIES, 1, events(1, 2))))
                .isInstanceOf(OutOfStepException.class);
        assertThat(passages()).isEqualTo(events(0, 2));
        assertThat(send(2, events(2, 3)).next()).isEqualTo(3);
    }

    @Test
    void refusesNumbersThatWereUsedForOtherEvents() throws Exception {
        send(0, events(0, 2));
        send(2, events(2, 4));
        assertThatThrownBy(() -> send(2, events(20, 23))).isInstanceOf(OutOfStepException.class);
        assertThatThrownBy(() -> send(3, List.of(event(2)))).isInstanceOf(OutOfStepException.class);
        // Older than the last batch: whoever sends that does not know that it was answered.
        assertThatThrownBy(() -> send(0, events(0, 4))).isInstanceOf(OutOfStepException.class);
        assertThat(passages()).isEqualTo(events(0, 4));
    }

    @Test
    void beginsAnotherSeriesWithZeroAndRecordsNothingTwice() throws Exception {
        send(0, events(0, 3));
        OutboxReceipt receipt = receiver.receive(batch(NORTH, new UUID(8, 8), 0, events(1, 5)));
        assertThat(receipt.next()).isEqualTo(4);
        assertThat(passages()).isEqualTo(events(0, 5));
    }

    @Test
    @DisplayName("ATT-27 neither what was taken nor where to go on is forgotten over a restart")
    void goesOnAfterARestart() throws Exception {
        send(0, events(0, 3));
        receiver = open();
        assertThat(send(0, events(0, 3)).next()).isEqualTo(3);
        assertThatThrownBy(() -> send(4, events(4, 5))).isInstanceOf(OutOfStepException.class);
        assertThat(send(3, events(3, 4)).next()).isEqualTo(4);
        assertThat(passages()).isEqualTo(events(0, 4));
    }

    @Test
    @DisplayName("REG-16 the outboxes of two gates interleave, each in its own order")
    void keepsOutboxesApart() throws Exception {
        send(0, events(0, 2));
        assertThat(receiver.receive(batch(SOUTH, SERIES, 0, events(100, 103))).next())
                .isEqualTo(3);
        assertThat(send(2, events(2, 4)).next()).isEqualTo(4);
        assertThat(passages())
                .containsSubsequence(events(0, 4))
                .containsSubsequence(events(100, 103))
                .hasSize(7);
    }

    @Test
    void answersAnEmptyBatch() throws Exception {
        assertThat(send(0, List.of()).next()).isZero();
        send(0, events(0, 2));
        assertThat(send(2, List.of()).next()).isEqualTo(2);
        assertThat(passages()).isEqualTo(events(0, 2));
    }

    @Test
    void refusesWhatTheLedgerNeverTakesEachTimeAndGoesOn() throws Exception {
        LedgerEvent other = LedgerEvent.builder(EventKind.PASSAGE, NOON)
                .id(new UUID(1, 0))
                .fact("number", "another")
                .build();
        send(0, events(0, 1));
        for (int time = 0; time < 2; time++) {
            OutboxReceipt receipt = send(1, List.of(event(1), other, event(2)));
            assertThat(receipt.next()).isEqualTo(4);
            assertThat(receipt.refused())
                    .extracting(OutboxReceipt.Refusal::number)
                    .containsExactly(2L);
        }
        assertThat(passages()).isEqualTo(events(0, 3));
    }

    @Test
    @DisplayName("ATT-27 one batch that comes by many ways at once is recorded once, in order")
    void recordsABatchThatComesManyTimesAtOnceOnce() throws Exception {
        int ways = 8;
        ExecutorService threads = Executors.newFixedThreadPool(ways);
        try {
            CyclicBarrier start = new CyclicBarrier(ways);
            List<Callable<Long>> senders = new ArrayList<>();
            for (int way = 0; way < ways; way++) {
                senders.add(() -> {
                    start.await();
                    return send(0, events(0, 50)).next();
                });
            }
            for (Future<Long> sender : threads.invokeAll(senders)) {
                assertThat(sender.get()).isEqualTo(50);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(passages()).isEqualTo(events(0, 50));
    }
}
