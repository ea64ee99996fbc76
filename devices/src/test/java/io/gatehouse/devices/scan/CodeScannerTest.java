package io.gatehouse.devices.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.devices.house.ManualScheduler;
import io.gatehouse.devices.link.LinkState;
import io.gatehouse.devices.link.Links;
import io.gatehouse.devices.link.ReopeningLink;
import io.gatehouse.devices.sim.SimulatedScanner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CodeScannerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Links links = Links.create();
    private final BlockingQueue<ScanReading> readings = new LinkedBlockingQueue<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-25T08:00:00Z"));

    @Test
    void givesCodesWithTheirKindAndTakesOffWhatTheScannerPutsRoundThem() throws Exception {
        ScannerOptions options = ScannerOptions.standard()
                .withFraming(ScanFraming.STX_ETX)
                .withAffixes("<", ">")
                .withSymbologies(Set.of('Q'));
        try (CodeScanner scanner = open(options);
                SimulatedScanner wire = SimulatedScanner.on(links.open("mem:s"))) {
            assertThat(scanner).isNotNull();
            send(wire, "\u0002<]Q1GH1:A\rB>\u0003");
            assertThat(next()).isEqualTo("]Q1 GH1:A\rB");
            send(wire, "\u0002]Q1GH1:AB>\u0003");
            assertThat(next()).isEqualTo("scan.affix");
            send(wire, "\u0002<GH1:AB>\u0003");
            assertThat(next()).isEqualTo("scan.no-symbology");
            send(wire, "\u0002<]C0GH1:AB>\u0003");
            assertThat(next()).isEqualTo("scan.symbology");
            send(wire, "\u0002<]Q1>\u0003");
            assertThat(next()).isEqualTo("scan.empty");
        }
    }

    @Test
    void givesACodeThatIsHeldBeforeItOnce() throws Exception {
        try (CodeScanner scanner = open(ScannerOptions.standard());
                SimulatedScanner wire = SimulatedScanner.on(links.open("mem:s"))) {
            assertThat(scanner).isNotNull();
            send(wire, "A\r");
            assertThat(next()).isEqualTo("A");
            for (int i = 0; i < 5; i++) {
                now.updateAndGet(time -> time.plusSeconds(2));
                send(wire, "A\rx");
                send(wire, i + "\r");
                assertThat(next()).as("the same again is not given").isEqualTo("x" + i);
                send(wire, "A\r");
                assertThat(next()).as("after another it is").isEqualTo("A");
            }
            now.updateAndGet(time -> time.plusSeconds(3));
            send(wire, "A\r");
            assertThat(next()).as("and after a while").isEqualTo("A");
            now.updateAndGet(time -> time.minusSeconds(60));
            send(wire, "A\r");
            assertThat(next()).as("and when the clock went back").isEqualTo("A");
            assertThat(readings).isEmpty();
        }
    }

    @Test
    void speaksSsi() throws Exception {
        CodeScanner.Builder builder = CodeScanner.builder(links.open("mem:s"), "desk")
                .ssi()
                .clock(now::get)
                .onReading(readings::add);
        try (CodeScanner scanner = builder.open();
                SimulatedScanner wire = SimulatedScanner.on(links.open("mem:s"))) {
            byte[] code = "pass with a \r in it ".repeat(60).getBytes(StandardCharsets.US_ASCII);
            assertThat(wire.presentBySsi(code, PATIENCE)).isTrue();
            assertThat(next()).isEqualTo(new String(code, StandardCharsets.US_ASCII));
            scanner.startLooking();
            assertThat(wire.answer(PATIENCE)).contains(SsiPacket.ofHost(SsiPacket.START_SESSION));
            scanner.stopLooking();
            assertThat(wire.answer(PATIENCE)).contains(SsiPacket.ofHost(SsiPacket.STOP_SESSION));
        }
    }

    @Test
    void pullsTheTrigger() throws Exception {
        try (CodeScanner scanner = open(ScannerOptions.standard());
                var wire = links.open("mem:s")) {
            scanner.startLooking();
            scanner.stopLooking();
            assertThat(new String(wire.read(PATIENCE), StandardCharsets.US_ASCII))
                    .isEqualTo("\u0016T\r\u0016U\r");
        }
    }

    @Test
    void goesOnAfterAListenerThatFailsAndTellsOfALostLink() throws Exception {
        CompletableFuture<Throwable> lost = new CompletableFuture<>();
        CodeScanner.Builder builder = CodeScanner.builder(links.open("mem:s"), "desk")
                .clock(now::get)
                .onLost(lost::complete)
                .onReading(reading -> {
                    readings.add(reading);
                    throw new IllegalStateException("a fault of the listener");
                });
        try (CodeScanner scanner = builder.open()) {
            assertThat(scanner).isNotNull();
            try (SimulatedScanner wire = SimulatedScanner.on(links.open("mem:s"))) {
                send(wire, "A\rB\r");
                assertThat(next()).isEqualTo("A");
                assertThat(next()).isEqualTo("B");
            }
            assertThat(lost.get(20, TimeUnit.SECONDS)).hasMessageContaining("lost");
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("gatehouse-reader desk");
    }

    @Test
    @DisplayName("ATT-19 goes on after its cable was pulled, and puts no code together from before and after")
    void goesOnAfterItsCableWasPulled() throws Exception {
        for (ScanFraming framing : ScanFraming.values()) {
            ManualScheduler scheduler = new ManualScheduler();
            ReopeningLink link =
                    ReopeningLink.builder(links, "mem:s", scheduler).open();
            CountDownLatch lost = new CountDownLatch(1);
            CodeScanner.Builder builder = CodeScanner.builder(link, "desk")
                    .options(ScannerOptions.standard().withFraming(framing).withIdleGap(PATIENCE))
                    .clock(now::get)
                    .onLost(loss -> lost.countDown())
                    .onReading(readings::add);
            assertThat(link.awaitOpen(PATIENCE)).isTrue();
            try (CodeScanner scanner = builder.open()) {
                assertThat(scanner).isNotNull();
                SimulatedScanner wire = SimulatedScanner.on(links.open("mem:s"));
                send(wire, "\u0002GH1:half");
                wire.close();
                assertThat(next()).as("%s", framing).isEqualTo("scan.cut");
                assertThat(lost.await(20, TimeUnit.SECONDS)).isTrue();
                Awaitility.await().until(() -> {
                    scheduler.advance(Duration.ofSeconds(1));
                    return link.state() == LinkState.OPEN;
                });
                try (SimulatedScanner again = SimulatedScanner.on(links.open("mem:s"))) {
                    if (framing != ScanFraming.IDLE_GAP) {
                        send(again, framing == ScanFraming.STX_ETX ? "\u0002whole\u0003" : "whole\r\n\n");
                        assertThat(next()).isEqualTo(framing == ScanFraming.LF ? "whole\r" : "whole");
                    }
                }
            }
            readings.clear();
        }
    }

    @Test
    void refusesOptionsThatMakeNoSense() {
        ScannerOptions options = ScannerOptions.standard();
        assertThatIllegalArgumentException().isThrownBy(() -> options.withMaxLength(0));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withMaxLength(100_001));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withIdleGap(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withAffixes("汉", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withRepeats(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new AimIdentifier('1', '1'));
    }

    @Test
    void givesBackWhatAKeyboardWedgeMeant() {
        assertThat(KeyboardLayout.US.restore("GH1:Az ()\"")).contains("GH1:Az ()\"");
        assertThat(KeyboardLayout.GERMAN.restore("GHÖ1?ZY"))
                .as("not what a wedge sends for GH1:")
                .contains("GH:1_YZ");
        assertThat(KeyboardLayout.GERMAN.restore("GH1Ö6XF+E%")).contains("GH1:6XF]E%");
        assertThat(KeyboardLayout.FRENCH.restore("GH&M^àé")).contains("GH1:[02");
        assertThat(KeyboardLayout.GERMAN.restore("é")).as("no key of it").isEmpty();
        assertThat(KeyboardLayout.FRENCH.restore("\0")).isEmpty();
    }

    private CodeScanner open(ScannerOptions options) throws Exception {
        return CodeScanner.builder(links.open("mem:s"), "desk")
                .options(options)
                .clock(now::get)
                .onReading(readings::add)
                .open();
    }

    private static void send(SimulatedScanner wire, String text) throws Exception {
        wire.send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String next() throws InterruptedException {
        ScanReading reading = readings.poll(20, TimeUnit.SECONDS);
        assertThat(reading).as("a reading").isNotNull();
        return reading.fold(
                read -> read.symbol().map(symbol -> symbol + " ").orElse("")
                        + read.evidence().text(),
                unreadable -> unreadable.reason().code());
    }
}
