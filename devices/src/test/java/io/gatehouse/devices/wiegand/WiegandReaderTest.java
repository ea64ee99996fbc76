package io.gatehouse.devices.wiegand;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.evidence.CardEvidence;
import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.Links;
import io.gatehouse.devices.sim.SimulatedWiegandReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WiegandReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final CardEvidence CARD = new CardEvidence("H10301", 123, 4567, NOW, "front");

    private final Links links = Links.create();
    private final BlockingQueue<CardReading> readings = new LinkedBlockingQueue<>();

    @Test
    void turnsALineIntoEvidence() throws Exception {
        try (WiegandReader reader = open(Duration.ofSeconds(30));
                SimulatedWiegandReader wire = SimulatedWiegandReader.on(links.open("mem:r"))) {
            wire.present(CardFormats.H10301, 123, 4567);
            assertThat(next()).isEqualTo(new CardReading.Read(CARD));
            wire.send("2006F623AE\r\n");
            assertThat(next()).isEqualTo(new CardReading.Read(CARD));
            assertThat(reader).isNotNull();
        }
    }

    @Test
    void namesWhyItCannotRead() throws Exception {
        try (WiegandReader reader = open(Duration.ofSeconds(30));
                SimulatedWiegandReader wire = SimulatedWiegandReader.on(links.open("mem:r"))) {
            assertThat(reader).isNotNull();
            CardBits good = CardFormats.H10301.encode(123, 4567);
            wire.present(new CardBits(26, good.value().flipBit(3)));
            assertThat(code(next())).isEqualTo("card.parity");
            wire.present(CardFormats.H10304, 1, 2);
            assertThat(code(next())).isEqualTo("card.length");
            wire.send("hello\n");
            assertThat(code(next())).isEqualTo("card.junk");
            wire.send("A".repeat(10_000) + "\r\n2006F623AE\r");
            assertThat(code(next())).isEqualTo("card.too-long");
            assertThat(next()).isEqualTo(new CardReading.Read(CARD));
        }
    }

    @Test
    void givesUpALineThatStopsInTheMiddleSoThatTheNextCardIsRead() throws Exception {
        try (WiegandReader reader = open(Duration.ofMillis(1));
                SimulatedWiegandReader wire = SimulatedWiegandReader.on(links.open("mem:r"))) {
            assertThat(reader).isNotNull();
            wire.send("W26:2F");
            assertThat(code(next())).isEqualTo("card.cut");
        }
    }

    @Test
    void readsAStreamHoweverItIsSplit() {
        byte[] stream = "W26:2F623AE\r\n2006F623AE\njunk\r".getBytes(StandardCharsets.US_ASCII);
        List<LineFramer.Line> whole = new LineFramer().feed(stream);
        assertThat(whole).hasSize(3);
        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= stream.length; second++) {
                assertThat(feed(stream, first, second)).isEqualTo(whole);
            }
        }
        LineFramer single = new LineFramer();
        List<LineFramer.Line> byBytes = new ArrayList<>();
        for (byte each : stream) {
            byBytes.addAll(single.feed(new byte[] {each}));
        }
        assertThat(byBytes).isEqualTo(whole);
    }

    @Test
    void neverThrowsAndNeverReadsAnotherCardFromADamagedOrTruncatedLine() {
        String line = "2006F623AE";
        for (int length = 0; length < line.length(); length++) {
            assertThat(WiegandLineCodec.decode(line.substring(0, length))).isEmpty();
        }
        String counted = "W26:2F623AE";
        for (int length = 0; length < counted.length(); length++) {
            assertThat(WiegandLineCodec.decode(counted.substring(0, length))).isEmpty();
        }
        for (int bit = 0; bit < 26; bit++) {
            CardBits good = CardFormats.H10301.encode(123, 4567);
            String damaged = WiegandLineCodec.encodeSentinel(
                    new CardBits(26, good.value().flipBit(bit)));
            assertThat(CardFormats.H10301.decode(
                            WiegandLineCodec.decode(damaged).orElseThrow()))
                    .isInstanceOf(CardDecoding.Refused.class);
        }
    }

    @Test
    void survivesNoise() {
        long seed = 42;
        Random random = new Random(seed);
        LineFramer framer = new LineFramer();
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            for (LineFramer.Line line : framer.feed(noise)) {
                assertThat(line.text().length())
                        .as("seed %d round %d", seed, i)
                        .isLessThanOrEqualTo(LineFramer.MAX_LINE);
                WiegandLineCodec.decode(line.text()).ifPresent(CardFormats.H10301::decode);
            }
        }
    }

    @Test
    void writesAndReadsBothFormsOfALine() {
        for (CardFormat format : CardFormats.all()) {
            CardBits bits = format.encode(0, 77);
            assertThat(WiegandLineCodec.decode(WiegandLineCodec.encode(bits))).contains(bits);
            if (bits.length() <= 37) {
                assertThat(WiegandLineCodec.decode(WiegandLineCodec.encodeSentinel(bits)))
                        .contains(bits);
            }
        }
        assertThat(WiegandLineCodec.decode("W26:FFFFFFF"))
                .as("more bits than said")
                .isEmpty();
        assertThat(WiegandLineCodec.decode("W999:00"))
                .as("longer than any card")
                .isEmpty();
        assertThat(WiegandLineCodec.decode("2000000000")).as("no sentinel").isEmpty();
        assertThat(WiegandLineCodec.decode("4006F623AE"))
                .as("more than 38 bits")
                .isEmpty();
    }

    @Test
    void tellsThatItsLinkWentAwayAndLeavesNoThread() throws IOException {
        CompletableFuture<IOException> lost = new CompletableFuture<>();
        Link far = links.open("mem:r");
        WiegandReader reader = WiegandReader.builder(links.open("mem:r"), CardFormats.H10301, "front")
                .onReading(readings::add)
                .onLost(lost::complete)
                .open();
        far.close();
        assertThat(lost.join()).hasMessageContaining("lost");
        reader.close();
        reader.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("gatehouse-reader front"));
    }

    @Test
    void goesOnWhenTheListenerFails() throws Exception {
        WiegandReader.Builder builder = WiegandReader.builder(links.open("mem:r"), CardFormats.H10301, "front")
                .clock(InstantSource.fixed(NOW))
                .onReading(reading -> {
                    readings.add(reading);
                    throw new IllegalStateException("listener");
                });
        try (WiegandReader reader = builder.open();
                SimulatedWiegandReader wire = SimulatedWiegandReader.on(links.open("mem:r"))) {
            assertThat(reader).isNotNull();
            wire.send("2006F623AE\r\n2006F623AE\r\n");
            assertThat(next()).isEqualTo(new CardReading.Read(CARD));
            assertThat(next()).isEqualTo(new CardReading.Read(CARD));
        }
    }

    @Test
    void keepsCardNumbersOutOfText() {
        assertThat(CardFormats.H10301.encode(123, 4567).toString()).isEqualTo("CardBits[26 bits]");
        assertThat(new CardDecoding.Decoded("H10301", 123, 4567).toString()).doesNotContain("4567");
    }

    private WiegandReader open(Duration idleGap) throws IOException {
        return WiegandReader.builder(links.open("mem:r"), CardFormats.H10301, "front")
                .clock(InstantSource.fixed(NOW))
                .idleGap(idleGap)
                .onReading(readings::add)
                .open();
    }

    private CardReading next() throws InterruptedException {
        CardReading reading = readings.poll(30, TimeUnit.SECONDS);
        assertThat(reading).as("a reading arrives").isNotNull();
        return java.util.Objects.requireNonNull(reading);
    }

    private static String code(CardReading reading) {
        return reading.fold(
                read -> "read", key -> "key", unreadable -> unreadable.reason().code());
    }

    private static List<LineFramer.Line> feed(byte[] stream, int first, int second) {
        LineFramer framer = new LineFramer();
        List<LineFramer.Line> lines = new ArrayList<>(framer.feed(java.util.Arrays.copyOfRange(stream, 0, first)));
        lines.addAll(framer.feed(java.util.Arrays.copyOfRange(stream, first, second)));
        lines.addAll(framer.feed(java.util.Arrays.copyOfRange(stream, second, stream.length)));
        return lines;
    }
}
