package io.gatehouse.devices.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.devices.document.MrzCodec;
import io.gatehouse.devices.house.Recorded;
import io.gatehouse.devices.house.Splits;
import io.gatehouse.devices.reader.StreamParser;
import io.gatehouse.devices.sim.TapEntry;
import io.gatehouse.devices.sim.session.SessionReplay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that was recorded from scanners, in every way that it may be split, and with noise. */
class RecordedScanTest {
    private static final LocalDate DAY = LocalDate.of(2010, 1, 1);

    static Stream<Arguments> recordings() {
        return Stream.of(
                Arguments.of("scanner-cr", ScanFraming.CR, List.of("]Q1 GH1:2Q8F", "]C0 4006381333931")),
                Arguments.of("scanner-lf", ScanFraming.LF, List.of("GH1:A\rB", "GH1:C")),
                Arguments.of("scanner-crlf", ScanFraming.CRLF, List.of("GH1:A\rB", "GH1:C")),
                Arguments.of("scanner-stx-etx", ScanFraming.STX_ETX, List.of("GH1:A\rB\nC", "GH1:D")));
    }

    private static ScanParser parser(StreamParser<Frame> protocol, boolean saysSymbol) {
        ScannerOptions options = ScannerOptions.standard().withRepeats(Duration.ZERO);
        return new ScanParser(
                protocol,
                saysSymbol ? options.withSymbologies(Set.of('Q', 'C')) : options,
                () -> Instant.EPOCH,
                "desk");
    }

    private static ScanParser parser(String name, ScanFraming framing) {
        return parser(new FramedProtocol(framing, 300), name.equals("scanner-cr"));
    }

    private static List<String> feed(StreamParser<ScanReading> parser, List<byte[]> pieces) throws IOException {
        List<ScanReading> readings = new ArrayList<>();
        for (byte[] piece : pieces) {
            readings.addAll(parser.feed(piece));
        }
        return texts(readings);
    }

    private static List<String> texts(List<ScanReading> readings) {
        return readings.stream()
                .map(reading -> reading.<String>fold(
                        read -> read.symbol().map(symbol -> symbol + " ").orElse("")
                                + read.evidence().text(),
                        unreadable -> unreadable.reason().code()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void readsTheSameHoweverItIsSplit(String name, ScanFraming framing, List<String> codes) throws IOException {
        byte[] all = Recorded.session(name).bytes(TapEntry.Way.IN);
        assertThat(Splits.assertSame(all, pieces -> feed(parser(name, framing), pieces)))
                .isEqualTo(codes);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void readsOnAfterAnyNoiseAndAPause(String name, ScanFraming framing, List<String> codes) throws IOException {
        byte[] all = Recorded.session(name).bytes(TapEntry.Way.IN);
        assertSurvivesNoise(name, () -> parser(name, framing), all, codes);
    }

    private static void assertSurvivesNoise(
            String name, Supplier<ScanParser> fresh, byte[] recorded, List<String> codes) throws IOException {
        Random random = Splits.seeded("noise before " + name);
        for (int i = 0; i < 500; i++) {
            ScanParser parser = fresh.get();
            for (byte[] noise : Splits.noise(random)) {
                parser.feed(noise);
            }
            // By chance noise is the first packet of a code of several; only the end of the stream forgets that.
            if (random.nextBoolean() && !name.equals("scanner-ssi")) {
                parser.idle();
            } else {
                parser.cut();
            }
            assertThat(feed(parser, List.of(recorded))).isEqualTo(codes);
        }
    }

    @Test
    void readsCodesThatAPauseEnds() throws IOException {
        List<String> codes = new ArrayList<>();
        ScanParser parser = parser("scanner-idle-gap", ScanFraming.IDLE_GAP);
        for (byte[] frame : Recorded.frames("scanner-idle-gap", TapEntry.Way.IN)) {
            codes.addAll(Splits.assertSame(frame, pieces -> {
                assertThat(feed(parser, pieces)).isEmpty();
                return texts(parser.idle());
            }));
        }
        assertThat(codes).containsExactly("GH1:A\rB", "GH1:C");
    }

    @Test
    void readsSsiTheSameHoweverItIsSplit() throws IOException {
        List<String> codes = List.of("GH1:A\rB", "GH1:" + "0123456789".repeat(25));
        for (byte[] frame : Recorded.frames("scanner-ssi", TapEntry.Way.IN)) {
            // A packet alone: a code, or the beginning or the end of one.
            Splits.assertSame(frame, pieces -> ssi(pieces, new ByteArrayOutputStream()));
        }
        byte[] all = Recorded.session("scanner-ssi").bytes(TapEntry.Way.IN);
        byte[] answers = Recorded.session("scanner-ssi").bytes(TapEntry.Way.OUT);
        List<String> read = Splits.assertSame(all, 7, pieces -> {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            List<String> texts = ssi(pieces, sent);
            assertThat(sent.toByteArray()).isEqualTo(answers);
            return texts;
        });
        assertThat(read).isEqualTo(codes);
        assertSurvivesNoise("scanner-ssi", () -> parser(new SsiProtocol(answer -> {}, 300), false), all, codes);
    }

    private static List<String> ssi(List<byte[]> pieces, ByteArrayOutputStream sent) throws IOException {
        return feed(parser(new SsiProtocol(sent::writeBytes, 300), false), pieces);
    }

    @Test
    @DisplayName("REG-4 reads machine-readable zones of documents the same however they are split")
    void readsMachineReadableZonesHoweverTheyAreSplit() throws IOException {
        for (byte[] frame : Recorded.frames("document-mrz", TapEntry.Way.IN)) {
            List<String> names =
                    Splits.assertSame(frame, pieces -> zones(parser("document-mrz", ScanFraming.STX_ETX), pieces));
            assertThat(names).containsExactly("ERIKSSON, ANNA MARIA");
        }
        Random random = Splits.seeded("noise before machine-readable zones");
        byte[] all = Recorded.session("document-mrz").bytes(TapEntry.Way.IN);
        for (int i = 0; i < 500; i++) {
            ScanParser parser = parser("document-mrz", ScanFraming.STX_ETX);
            zones(parser, Splits.noise(random));
            parser.idle();
            assertThat(zones(parser, List.of(all))).hasSize(3).containsOnly("ERIKSSON, ANNA MARIA");
        }
    }

    private static List<String> zones(ScanParser parser, List<byte[]> pieces) throws IOException {
        List<String> zones = new ArrayList<>();
        for (String text : feed(parser, pieces)) {
            List<String> lines = Arrays.asList(text.split("\r", -1));
            zones.add(MrzCodec.decode(lines.subList(0, lines.size() - 1), DAY)
                    .fold(
                            read -> read.zone().surname() + ", " + read.zone().givenNames(),
                            refused -> refused.reason().code()));
        }
        return zones;
    }

    @Test
    void playsARecordingAgainWithItsPauses() throws IOException {
        SessionReplay replay = SessionReplay.of(Recorded.session("scanner-idle-gap"));
        ScanParser parser = parser("scanner-idle-gap", ScanFraming.IDLE_GAP);
        List<String> codes = new ArrayList<>();
        while (codes.size() < 1) {
            byte[] bytes = replay.read(Duration.ofMillis(100));
            codes.addAll(texts(bytes.length == 0 ? parser.idle() : parser.feed(bytes)));
        }
        assertThat(codes).containsExactly("GH1:A\rB");
        byte[] last = replay.read(Duration.ofSeconds(1));
        assertThat(new String(last, StandardCharsets.US_ASCII)).isEqualTo("GH1:C");
        replay.requireWhole();
    }
}
