package io.gatehouse.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.LedgerException;
import io.gatehouse.core.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    private static final OutboxReceiver NOBODY = batch -> {
        throw new IOException("no route to the server");
    };

    @TempDir
    Path directory;

    private final TestClock clock = new TestClock(GateSide.NOW);
    private GateSide gate;
    private ServerSide server;

    @BeforeEach
    void open() throws IOException {
        gate = GateSide.open(directory.resolve("gate"), "north", clock, OutboxOptions.standard());
        server = ServerSide.open(directory.resolve("server"), clock);
    }

    @AfterEach
    void close() throws IOException {
        gate.close();
        server.close();
    }

    private void reopenGate() throws IOException {
        gate.close();
        gate = GateSide.open(directory.resolve("gate"), "north", clock, OutboxOptions.standard());
    }

    private void take(int from, int end) throws IOException {
        for (int number = from; number < end; number++) {
            gate.outbox().take(GateSide.event(number));
        }
    }

    private static List<LedgerEvent> events(int from, int end) {
        return IntStream.range(from, end).mapToObj(GateSide::event).toList();
    }

    private void sql(String statement) throws IOException {
        gate.store().write(connection -> {
            try (Statement plain = connection.createStatement()) {
                return plain.execute(statement);
            }
        });
    }

    @Test
    @DisplayName(
            "ATT-27 the server is down for a while: what happened meanwhile arrives once, in order, with both times")
    void deliversWhatWasBufferedWhenTheServerReturns() throws Exception {
        take(0, 1);
        gate.outbox().drain(server.receiver());
        clock.forward(Duration.ofMinutes(1));
        take(1, 700);
        assertThatThrownBy(() -> gate.outbox().drain(NOBODY)).hasMessageContaining("no route");
        clock.forward(Duration.ofMinutes(9));
        assertThat(gate.outbox().status().waiting()).isEqualTo(699);
        assertThat(gate.outbox().status().offlineSince()).contains(GateSide.NOW.plusSeconds(60));
        assertThat(gate.outbox().status().problem()).contains("no route to the server");

        assertThat(gate.outbox().drain(server.receiver())).isEqualTo(699);

        assertThat(server.gateEvents()).isEqualTo(events(0, 700));
        assertThat(server.entries())
                .last()
                .satisfies(entry -> assertThat(entry.recordedAt()).isEqualTo(GateSide.NOW.plusSeconds(600)))
                .satisfies(entry -> assertThat(entry.event().occurredAt()).isEqualTo(GateSide.NOW.plusMillis(699)));
        assertThat(server.ofKind(LedgerReceiver.CLOCK))
                .last()
                .satisfies(event -> assertThat(event.facts())
                        .containsEntry(
                                "offline-since", GateSide.NOW.plusSeconds(60).toString())
                        .containsEntry("waiting", "699"));
        OutboxStatus status = gate.outbox().status();
        assertThat(status)
                .isEqualTo(
                        new OutboxStatus(0, 0, 0, status.offlineSince(), status.clockDifference(), status.problem()));
        assertThat(status.offlineSince()).isEmpty();
        assertThat(status.problem()).isEmpty();
        assertThat(status.clockDifference()).contains(Duration.ZERO);
    }

    @Test
    @DisplayName("ATT-27 answers are lost at random: nothing arrives twice, and nothing out of order")
    void deliversOnceThoughAnswersAreLost() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("OutboxTest seed " + seed);
        Random random = new Random(seed);
        OutboxReceiver losing = batch -> {
            boolean arrives = random.nextBoolean();
            OutboxReceipt receipt = arrives ? server.receiver().receive(batch) : null;
            if (receipt == null || random.nextBoolean()) {
                throw new IOException("the line broke");
            }
            return receipt;
        };
        int taken = 0;
        while (taken < 600 || gate.outbox().status().waiting() > 0) {
            int more = taken < 600 ? random.nextInt(40) : 0;
            take(taken, taken + more);
            taken += more;
            try {
                gate.outbox().drain(losing);
            } catch (IOException e) {
                assertThat(e).as("seed %d", seed).hasMessage("the line broke");
            }
            if (random.nextInt(5) == 0) {
                reopenGate();
            }
        }
        assertThat(server.gateEvents()).as("seed %d", seed).isEqualTo(events(0, taken));
    }

    @Test
    @DisplayName("REG-16 two gates that were off-line deliver at the same time, each in its own order")
    void deliversFromTwoGatesAtOnce() throws Exception {
        try (GateSide south = GateSide.open(directory.resolve("south"), "south")) {
            take(0, 300);
            for (int number = 1_000; number < 1_300; number++) {
                south.outbox().take(GateSide.event(number));
            }
            Thread other = new Thread(() -> {
                try {
                    south.outbox().drain(server.receiver());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            other.start();
            gate.outbox().drain(server.receiver());
            other.join();
        }
        assertThat(server.gateEvents())
                .hasSize(600)
                .containsSubsequence(events(0, 300))
                .containsSubsequence(events(1_000, 1_300));
    }

    @Test
    @DisplayName("ATT-27 an event is durable when it was taken, and numbers go on after everything was delivered")
    void keepsEventsAndNumbersOverARestart() throws Exception {
        take(0, 3);
        reopenGate();
        assertThat(gate.outbox().drain(server.receiver())).isEqualTo(3);
        reopenGate();
        take(3, 5);
        assertThat(gate.outbox().drain(server.receiver())).isEqualTo(2);
        assertThat(server.gateEvents()).isEqualTo(events(0, 5));
    }

    @Test
    void keepsTheSameEventOnceAndRefusesAnotherWithItsId() throws Exception {
        take(0, 2);
        take(0, 2);
        assertThat(gate.outbox().status().waiting()).isEqualTo(2);
        LedgerEvent other = LedgerEvent.builder(EventKind.PASSAGE, GateSide.NOW)
                .id(GateSide.event(0).id())
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gate.outbox().take(other))
                .withMessageContaining("other content");
        gate.outbox().drain(server.receiver());
        take(0, 1);
        gate.outbox().drain(server.receiver());
        assertThat(server.gateEvents()).isEqualTo(events(0, 2));
    }

    @Test
    void refusesWhatTheLedgerWouldRefuse() throws Exception {
        LedgerEvent.Builder large = LedgerEvent.builder(EventKind.PASSAGE, GateSide.NOW);
        IntStream.range(0, 20).forEach(i -> large.fact("fact-" + i, "x".repeat(4_000)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gate.outbox().take(large.build()))
                .withMessageContaining("the limit is 64000");
        LedgerEvent torn = LedgerEvent.builder(EventKind.PASSAGE, GateSide.NOW)
                .fact("text", "\ud83d")
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gate.outbox().take(torn))
                .withMessageContaining("half a surrogate pair");
        LedgerEvent.Builder nearly =
                LedgerEvent.builder(EventKind.PASSAGE, GateSide.NOW).person(PersonId.of("anna"));
        IntStream.range(0, 15).forEach(i -> nearly.personalFact("fact-" + i, "x".repeat(4_050)));
        gate.outbox().take(nearly.build());
        gate.outbox().drain(server.receiver());
        assertThat(server.gateEvents()).containsExactly(nearly.build());
        assertThat(gate.outbox().status().refused()).isZero();
    }

    @Test
    @DisplayName("ATT-27 a full outbox refuses decisions first and says what to do; it goes on when it was delivered")
    void refusesDecisionsFirstWhenItIsFull() throws Exception {
        gate.close();
        gate = GateSide.open(directory.resolve("gate"), "north", clock, new OutboxOptions(32, 1 << 20));
        for (int number = 0; number < 60; number += 2) {
            gate.outbox().take(GateSide.event(number));
        }
        LedgerEvent decision = GateSide.event(60);
        assertThatThrownBy(() -> gate.outbox().take(decision))
                .isInstanceOf(OutboxFullException.class)
                .hasMessageContaining("the limit is 30 events")
                .hasMessageContaining("bring the gate's server back");
        gate.outbox().take(GateSide.event(1));
        gate.outbox().take(GateSide.event(3));
        assertThatThrownBy(() -> gate.outbox().take(GateSide.event(5))).isInstanceOf(OutboxFullException.class);
        assertThat(gate.outbox().drain(server.receiver())).isEqualTo(32);
        gate.outbox().take(decision);
        assertThat(gate.outbox().status().waiting()).isOne();
    }

    @Test
    void countsBytesToo() throws Exception {
        gate.close();
        gate = GateSide.open(directory.resolve("gate"), "north", clock, new OutboxOptions(100_000, 1 << 20));
        List<LedgerEvent> taken = new ArrayList<>();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        LedgerEvent event = LedgerEvent.builder(EventKind.PASSAGE, GateSide.NOW)
                                .fact("text", "x".repeat(4_000))
                                .build();
                        gate.outbox().take(event);
                        taken.add(event);
                    }
                })
                .isInstanceOf(OutboxFullException.class)
                .hasMessageContaining("1048576 bytes");
        long bytes = gate.outbox().status().bytes();
        assertThat(bytes).isBetween((1L << 20) - 5_000, 1L << 20);
        reopenGate();
        assertThat(gate.outbox().status().bytes()).isEqualTo(bytes);
        gate.outbox().drain(server.receiver());
        assertThat(server.ofKind(EventKind.PASSAGE)).isEqualTo(taken);
        assertThat(gate.outbox().status().bytes()).isZero();
    }

    @Test
    @DisplayName("ATT-27 on a full disk taking fails with a clear error, and goes on when there is space")
    void saysThatTheDiskIsFullAndGoesOn() throws Exception {
        take(0, 2);
        sql("PRAGMA max_page_count=1");
        LedgerEvent large = LedgerEvent.builder(EventKind.DECISION, GateSide.NOW)
                .fact("text", "x".repeat(4_000))
                .fact("more", "x".repeat(4_000))
                .build();
        assertThatThrownBy(() -> gate.outbox().take(large))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("full");
        assertThat(gate.outbox().status().waiting()).isEqualTo(2);
        sql("PRAGMA max_page_count=1000000");
        gate.outbox().take(large);
        gate.outbox().drain(server.receiver());
        assertThat(server.gateEvents()).containsExactly(GateSide.event(0), GateSide.event(1), large);
    }

    @Test
    @DisplayName(
            "ATT-27 somebody shredded at the gate is no longer in what waits, and what happened arrives without them")
    void deliversWithoutWhomWasShreddedAtTheGate() throws Exception {
        take(0, 20);
        gate.vault().shred(PersonId.of("person-3"), DataClass.LEDGER);
        take(20, 30);
        gate.outbox().take(GateSide.event(23));
        assertThat(gate.outbox().status().waiting()).isEqualTo(30);
        gate.outbox().drain(server.receiver());
        for (LedgerEvent event : server.gateEvents()) {
            boolean shredded = event.facts().getOrDefault("number", "").endsWith("3");
            assertThat(event.person().isEmpty()).as("%s", event).isEqualTo(shredded);
            assertThat(event.personalFacts().isEmpty()).isEqualTo(shredded);
            assertThat(event.facts().containsKey("person")).isEqualTo(shredded);
        }
        assertThat(server.gateEvents()).hasSize(30);
    }

    @Test
    @DisplayName("ATT-27 somebody shredded at the gate between a lost answer and the next try is on record once")
    void deliversOnceThoughAPersonWasShreddedInBetween() throws Exception {
        take(0, 5);
        assertThatThrownBy(() -> gate.outbox().drain(batch -> {
                    server.receiver().receive(batch);
                    throw new IOException("the answer is lost");
                }))
                .hasMessageContaining("the answer is lost");
        gate.vault().shred(PersonId.of("person-3"), DataClass.LEDGER);
        assertThat(gate.outbox().drain(server.receiver())).isEqualTo(5);
        assertThat(server.gateEvents()).isEqualTo(events(0, 5));
        assertThat(gate.outbox().status().refused()).isZero();
    }

    @Test
    void deliversWhoWasShreddedAtTheServerWithoutThem() throws Exception {
        take(0, 5);
        server.vault().shred(PersonId.of("person-3"), DataClass.LEDGER);
        gate.outbox().drain(server.receiver());
        assertThat(server.gateEvents().get(3).person()).isEmpty();
        assertThat(server.gateEvents().get(3).personalFacts()).isEmpty();
        assertThat(server.gateEvents().get(4)).isEqualTo(GateSide.event(4));
    }

    @Test
    @DisplayName("ATT-27 nothing of a buffered event stands on the gate's disk in clear")
    void sealsEverythingOnTheDisk() throws Exception {
        gate.outbox()
                .take(LedgerEvent.builder(EventKind.DECISION, GateSide.NOW)
                        .person(PersonId.of("planted-person"))
                        .fact("clear", "planted-fact")
                        .personalFact("note", "planted-note")
                        .build());
        gate.close();
        try (Stream<Path> files = Files.list(directory.resolve("gate"))) {
            for (Path file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain("planted");
            }
        }
        reopenGate();
        assertThat(gate.outbox() + " " + gate.outbox().status()).doesNotContain("planted");
    }

    @Test
    @DisplayName("ATT-27 an altered or removed row holds nothing up, and the ledger says that it is lost")
    void saysInTheLedgerWhatWasDamaged() throws Exception {
        take(0, 6);
        gate.store().write(connection -> {
            try (PreparedStatement swap =
                    connection.prepareStatement("UPDATE outbox_event SET content = (SELECT content FROM outbox_event"
                            + " WHERE position = 4) WHERE position = 1")) {
                return swap.executeUpdate();
            }
        });
        sql("DELETE FROM outbox_event WHERE position IN (2, 3)");
        reopenGate();
        assertThat(gate.outbox().drain(server.receiver())).isEqualTo(6);
        assertThat(server.events().stream().skip(1))
                .extracting(event -> event.kind().equals(Outbox.DAMAGED)
                        ? event.facts().get("damage") + " " + event.facts().get("position")
                        : event.facts().get("number"))
                .containsExactly("0", "altered 1", "removed 2", "removed 3", "4", "5");
    }

    @Test
    void setsAsideWhatTheLedgerRefusesUntilItIsDropped() throws Exception {
        server.ledger()
                .append(LedgerEvent.builder(EventKind.PASSAGE, GateSide.NOW)
                        .id(GateSide.event(1).id())
                        .build());
        take(0, 3);
        gate.outbox().drain(server.receiver());
        assertThat(server.gateEvents()).contains(GateSide.event(0), GateSide.event(2));
        reopenGate();
        assertThat(gate.outbox().status().waiting()).isZero();
        assertThat(gate.outbox().status().refused()).isOne();
        RefusedEvent refused = gate.outbox().refused(10).get(0);
        assertThat(refused.event().event()).isEqualTo(GateSide.event(1));
        assertThat(refused.reason()).contains("other content");
        gate.outbox().dropRefused(refused);
        assertThat(gate.outbox().refused(10)).isEmpty();
        assertThat(gate.outbox().status().bytes()).isZero();
    }

    @Test
    void removesNothingForAnAnswerThatIsNone() throws Exception {
        take(0, 3);
        List<OutboxReceiver> liars = List.of(
                batch -> new OutboxReceipt(4, GateSide.NOW, List.of()),
                batch -> new OutboxReceipt(0, GateSide.NOW, List.of()),
                batch -> new OutboxReceipt(-1, GateSide.NOW, List.of()));
        for (OutboxReceiver liar : liars) {
            assertThatThrownBy(() -> gate.outbox().drain(liar)).hasMessageContaining("nothing was removed");
        }
        assertThat(gate.outbox().status().waiting()).isEqualTo(3);
        gate.outbox().drain(server.receiver());
        assertThat(server.gateEvents()).isEqualTo(events(0, 3));
    }

    @Test
    @DisplayName("ATT-27 a server restored from an older backup is noticed; a new series goes on without doubles")
    void goesOnInANewSeriesAfterTheServerWentBack() throws Exception {
        take(0, 3);
        gate.outbox().drain(server.receiver());
        server.close();
        server = ServerSide.open(directory.resolve("restored"), clock);
        take(3, 5);
        assertThatThrownBy(() -> gate.outbox().drain(server.receiver()))
                .isInstanceOf(OutOfStepException.class)
                .hasMessageContaining("restored from an older backup");
        assertThat(gate.outbox().status().problem()).isPresent();
        gate.outbox().beginAnew();
        assertThat(gate.outbox().drain(server.receiver())).isEqualTo(2);
        reopenGate();
        take(5, 6);
        gate.outbox().drain(server.receiver());
        assertThat(server.gateEvents()).isEqualTo(events(3, 6));
    }

    @Test
    void refusesAStoreWithAnOutboxOfAnotherName() {
        assertThatThrownBy(() ->
                        Outbox.open(gate.store(), gate.vault(), OutboxId.of("south"), clock, OutboxOptions.standard()))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("north");
        assertThatIllegalArgumentException().isThrownBy(() -> new OutboxOptions(15, 1 << 20));
        assertThatIllegalArgumentException().isThrownBy(() -> new OutboxOptions(16, 1));
    }
}
