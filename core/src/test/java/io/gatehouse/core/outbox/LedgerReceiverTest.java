package io.gatehouse.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.contract.OutboxReceiverContract;
import io.gatehouse.core.ledger.Checkpoint;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerReceiverTest extends OutboxReceiverContract {
    private static final OutboxId NORTH = OutboxId.of("north");
    private static final UUID SERIES = new UUID(1, 1);

    @TempDir
    Path directory;

    private final TestClock clock = new TestClock(GateSide.NOW);
    private @Nullable ServerSide server;

    @Override
    protected OutboxReceiver open() throws IOException {
        close();
        server = ServerSide.open(directory, clock);
        return server.receiver();
    }

    @Override
    protected List<LedgerEvent> recorded() throws IOException {
        return server().events();
    }

    private ServerSide server() {
        if (server == null) {
            throw new IllegalStateException("not open");
        }
        return server;
    }

    @AfterEach
    void close() throws IOException {
        if (server != null) {
            server.close();
        }
        server = null;
    }

    private void send(long first, int events, Duration gateIsBehind, @Nullable Instant offlineSince)
            throws IOException {
        send(server().receiver(), first, events, gateIsBehind, offlineSince);
    }

    private void send(
            OutboxReceiver receiver, long first, int events, Duration gateIsBehind, @Nullable Instant offlineSince)
            throws IOException {
        List<OutboxEvent> sent = IntStream.range(0, events)
                .mapToObj(i -> OutboxEvent.of(GateSide.event((int) first + i)))
                .toList();
        receiver.receive(new OutboxBatch(
                NORTH,
                SERIES,
                first,
                sent,
                events,
                clock.instant().minus(gateIsBehind),
                Optional.ofNullable(offlineSince)));
    }

    private List<String> differences() throws IOException {
        return server().ofKind(LedgerReceiver.CLOCK).stream()
                .map(event -> event.facts().get("difference-millis"))
                .toList();
    }

    @Test
    @DisplayName("ATT-27 a clock difference is recorded at first, and again when it has changed by more than the bound")
    void recordsClockDifferencesThatChange() throws Exception {
        send(0, 1, Duration.ofSeconds(30), null);
        send(1, 1, Duration.ofSeconds(32), null);
        send(2, 1, Duration.ofSeconds(28), null);
        assertThat(differences()).containsExactly("30000");
        send(3, 1, Duration.ofMillis(32_001), null);
        assertThat(differences()).containsExactly("30000", "32001");
        send(4, 1, Duration.ofSeconds(-5), null);
        assertThat(differences()).containsExactly("30000", "32001", "-5000");
    }

    @Test
    @DisplayName(
            "ATT-27 each return from off-line is recorded once, before what was buffered, though its answer is lost")
    void recordsEachReturnOnce() throws Exception {
        Instant since = GateSide.NOW.minusSeconds(600);
        send(0, 2, Duration.ofSeconds(1), since);
        clock.forward(Duration.ofSeconds(5));
        send(0, 2, Duration.ofSeconds(1), since);
        send(2, 1, Duration.ofSeconds(1), null);
        assertThat(server().ofKind(LedgerReceiver.CLOCK)).hasSize(1);
        clock.forward(Duration.ofSeconds(60));
        send(3, 1, Duration.ofSeconds(1), since.plusSeconds(630));
        assertThat(server().events())
                .extracting(event -> event.kind().value())
                .containsExactly(
                        "outbox.clock",
                        "gate.decision",
                        "gate.outcome",
                        "gate.decision",
                        "outbox.clock",
                        "gate.outcome");
        LedgerEvent second = server().ofKind(LedgerReceiver.CLOCK).get(1);
        assertThat(second.occurredAt()).isEqualTo(GateSide.NOW.plusSeconds(65));
        assertThat(second.facts())
                .containsEntry("outbox", "north")
                .containsEntry("series", SERIES.toString())
                .containsEntry("first", "3")
                .containsEntry("waiting", "1")
                .containsEntry("gate-time", GateSide.NOW.plusSeconds(64).toString())
                .containsEntry("difference-millis", "1000")
                .containsEntry("offline-since", since.plusSeconds(630).toString());
    }

    @Test
    @DisplayName("ATT-27 an entry has both times: when it happened at the gate, and when the server recorded it")
    void keepsBothTimes() throws Exception {
        clock.forward(Duration.ofHours(3));
        send(0, 1, Duration.ZERO, null);
        LedgerEntry entry = server().entries().get(1);
        assertThat(entry.event().occurredAt()).isEqualTo(GateSide.NOW);
        assertThat(entry.recordedAt()).isEqualTo(GateSide.NOW.plus(Duration.ofHours(3)));
    }

    /** Fails at one append of all, before it or after it. */
    private final class FailingLedger implements Ledger {
        private final int failing;
        private final boolean afterwards;
        private int appends;

        FailingLedger(int failing, boolean afterwards) {
            this.failing = failing;
            this.afterwards = afterwards;
        }

        @Override
        public LedgerEntry append(LedgerEvent event) throws IOException {
            boolean fails = appends++ == failing;
            if (fails && !afterwards) {
                throw new IOException("the disk is full");
            }
            LedgerEntry entry = server().ledger().append(event);
            if (fails) {
                throw new IOException("the power is gone");
            }
            return entry;
        }

        @Override
        public long size() throws IOException {
            return server().ledger().size();
        }

        @Override
        public List<LedgerEntry> entries(long from, int limit) throws IOException {
            return server().ledger().entries(from, limit);
        }

        @Override
        public Checkpoint checkpoint() throws IOException {
            return server().ledger().checkpoint();
        }
    }

    @Test
    @DisplayName("ATT-27 wherever the ledger fails in a batch, the batch is recorded once and in order afterwards")
    void goesOnWhereverTheLedgerFails() throws Exception {
        int events = 4;
        for (int failing = 0; failing <= events; failing++) {
            for (boolean afterwards : new boolean[] {false, true}) {
                close();
                Path place = directory.resolve(failing + "-" + afterwards);
                server = ServerSide.open(place, clock);
                OutboxReceiver fails = LedgerReceiver.open(
                        server().store(), new FailingLedger(failing, afterwards), clock, Duration.ofSeconds(2));
                assertThatThrownBy(() -> send(fails, 0, events, Duration.ZERO, GateSide.NOW))
                        .isInstanceOf(IOException.class);
                clock.forward(Duration.ofSeconds(10));
                send(0, events, Duration.ofMillis(3), GateSide.NOW);
                assertThat(server().events())
                        .as("failing at %d, %s", failing, afterwards)
                        .extracting(event -> event.kind().value())
                        .containsExactly(
                                "outbox.clock", "gate.decision", "gate.outcome", "gate.decision", "gate.outcome");
                assertThat(server().gateEvents())
                        .containsExactly(GateSide.event(0), GateSide.event(1), GateSide.event(2), GateSide.event(3));
            }
        }
    }

    @Test
    void saysInTheLedgerWhatItRefused() throws Exception {
        server().ledger()
                .append(LedgerEvent.builder(GateSide.event(1).kind(), GateSide.NOW)
                        .id(GateSide.event(1).id())
                        .build());
        send(0, 3, Duration.ZERO, null);
        List<LedgerEvent> refusals = server().ofKind(LedgerReceiver.REFUSED);
        assertThat(refusals).hasSize(1);
        assertThat(refusals.get(0).facts())
                .containsEntry("event", GateSide.event(1).id().toString())
                .containsEntry("kind", "gate.outcome")
                .containsEntry("number", "1")
                .containsEntry("outbox", "north");
        assertThat(server().gateEvents()).contains(GateSide.event(0), GateSide.event(2));
    }

    @Test
    void saysInTheEntryThatAPersonIsWithheld() throws Exception {
        LedgerEvent clear = LedgerEvent.builder(GateSide.event(0).kind(), GateSide.NOW)
                .fact("number", "0")
                .build();
        server().receiver()
                .receive(new OutboxBatch(
                        NORTH, SERIES, 0, List.of(new OutboxEvent(clear, true)), 1, GateSide.NOW, Optional.empty()));
        assertThat(server().gateEvents().get(0).facts())
                .containsEntry("person", "shredded")
                .containsEntry("number", "0");
    }

    @Test
    void refusesValuesThatMeanNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LedgerReceiver.open(server().store(), server().ledger(), clock, Duration.ofNanos(1)))
                .withMessageContaining("at least 1 ms");
        List<OutboxEvent> tooMany = Collections.nCopies(257, OutboxEvent.of(GateSide.event(0)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutboxBatch(NORTH, SERIES, 0, tooMany, 257, GateSide.NOW, Optional.empty()))
                .withMessageContaining("at most 256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutboxBatch(NORTH, SERIES, -1, List.of(), 0, GateSide.NOW, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> OutboxId.of("North Gate"));
        assertThatIllegalArgumentException().isThrownBy(() -> new OutboxEvent(GateSide.event(0), true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutboxReceipt(3, GateSide.NOW, List.of(new OutboxReceipt.Refusal(3, "late"))));
    }
}
