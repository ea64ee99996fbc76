package io.gatehouse.devices.wiegand.pulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.devices.wiegand.CardBits;
import io.gatehouse.devices.wiegand.CardFormat;
import io.gatehouse.devices.wiegand.CardFormats;
import io.gatehouse.devices.wiegand.pulse.Edge.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PulseDecoderTest {
    private static final CardBits CARD = CardFormats.H10301.encode(123, 4567);

    @Test
    void readsCardsOfEveryFormatOneAfterAnother() {
        Wire wire = new Wire();
        List<PulseFrame> expected = new ArrayList<>();
        for (CardFormat format : CardFormats.all()) {
            CardBits bits = format.encode(format.hasFacilityCode() ? 5 : 0, 1234);
            wire.card(bits);
            expected.add(new PulseFrame.Whole(bits));
        }
        assertThat(decode(wire.edges())).isEqualTo(expected);
    }

    @Test
    void saysWhatWentWrongAndReadsTheNextCard() {
        assertFault(new Wire().pulse(Line.D1, 1_000), PulseFault.GLITCH);
        assertFault(new Wire().pulse(Line.D1, 15_000), PulseFault.RUNT);
        assertFault(new Wire().pulse(Line.D1, 150_000), PulseFault.STUCK);
        assertFault(
                new Wire().pulse(Line.D1, Wire.PULSE).quiet(25_000_000).pulse(Line.D0, Wire.PULSE), PulseFault.PAUSE);
        assertFault(
                new Wire()
                        .pulse(Line.D1, Wire.PULSE)
                        .quiet(-Wire.INTERVAL + 120_000)
                        .pulse(Line.D0, Wire.PULSE),
                PulseFault.TOO_CLOSE);
        assertFault(
                new Wire().edge(Line.D0, true, 0).edge(Line.D0, true, 400_000).edge(Line.D0, false, Wire.PULSE),
                PulseFault.DROPPED_EDGE);
        assertFault(
                new Wire().pulse(Line.D0, Wire.PULSE).edge(Line.D1, false, 0).quiet(Wire.INTERVAL),
                PulseFault.DROPPED_EDGE);
        Wire both = new Wire()
                .edge(Line.D0, true, 0)
                .edge(Line.D1, true, 10_000)
                .edge(Line.D0, false, 40_000)
                .edge(Line.D1, false, 10_000)
                .quiet(Wire.INTERVAL);
        assertFault(both, PulseFault.BOTH_LOW);
        Wire long1 = new Wire();
        for (int i = 0; i <= CardBits.MAX_LENGTH; i++) {
            long1.pulse(Line.D1, Wire.PULSE);
        }
        assertFault(long1, PulseFault.TOO_MANY);
        assertFault(
                new Wire().pulse(Line.D1, Wire.PULSE).quiet(-2 * Wire.INTERVAL).pulse(Line.D1, Wire.PULSE),
                PulseFault.TIME_WENT_BACK);
    }

    private static void assertFault(Wire wire, PulseFault fault) {
        List<PulseFrame> frames = decode(wire.quiet(Wire.GAP).card(CARD).edges());
        assertThat(frames).hasSize(2).last().isEqualTo(new PulseFrame.Whole(CARD));
        assertThat(frames.get(0)
                        .<Boolean>fold(whole -> false, faulty -> faulty.faults().contains(fault)))
                .as("%s in %s", fault, frames.get(0))
                .isTrue();
    }

    @Test
    void aLineThatStaysLowIsSaidWhenItIsNoticedAndWhenItEnds() {
        Wire wire = new Wire()
                .edge(Line.D1, true, 0)
                .quiet(Wire.GAP)
                .edge(Line.D1, false, 0)
                .quiet(Wire.GAP)
                .card(CARD);
        List<PulseFrame> frames = decode(wire.edges());
        assertThat(frames).hasSize(3).last().isEqualTo(new PulseFrame.Whole(CARD));
        assertThat(frames.subList(0, 2))
                .allSatisfy(frame -> assertThat(frame.<Boolean>fold(
                                whole -> false, faulty -> faulty.faults().contains(PulseFault.STUCK)))
                        .isTrue());
    }

    @Test
    void everyLostEdgeOfACardIsFoundOrLeavesNoCardOfItsLength() {
        List<Edge> whole = new Wire().card(CARD).edges();
        for (int lost = 0; lost < whole.size(); lost++) {
            List<Edge> edges = new ArrayList<>(whole);
            edges.remove(lost);
            for (PulseFrame frame : decode(edges)) {
                assertThat(frame.<Boolean>fold(it -> it.bits().length() != CARD.length(), faulty -> true))
                        .as("edge %d", lost)
                        .isTrue();
            }
        }
    }

    @Test
    void neverFailsWhateverTheEdges() {
        long seed = new SplittableRandom().nextLong();
        System.out.println("edges at random, seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        PulseDecoder decoder = PulseDecoder.create(PulseTiming.standard());
        long now = 0;
        int frames = 0;
        for (int i = 0; i < 200_000; i++) {
            now += random.nextInt(50) == 0
                    ? random.nextLong(-1_000_000_000L, 1_000_000_000L)
                    : random.nextLong(3_000_000);
            Edge edge = new Edge(random.nextBoolean() ? Line.D0 : Line.D1, random.nextBoolean(), now);
            frames += decoder.feed(edge).isPresent() ? 1 : 0;
            if (random.nextInt(100) == 0) {
                frames += decoder.silence(random.nextLong(100_000_000)).isPresent() ? 1 : 0;
            }
        }
        assertThat(frames).isGreaterThan(500);
    }

    @Test
    void refusesTimingThatMakesNoSense() {
        Duration micros = Duration.ofNanos(1_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PulseTiming(micros, micros, micros, micros, micros))
                .withMessageContaining("minPulse < maxPulse");
    }

    private static List<PulseFrame> decode(List<Edge> edges) {
        PulseDecoder decoder = PulseDecoder.create(PulseTiming.standard());
        List<PulseFrame> frames = new ArrayList<>();
        edges.forEach(edge -> decoder.feed(edge).ifPresent(frames::add));
        decoder.silence(Wire.GAP).ifPresent(frames::add);
        assertThat(decoder.silence(Wire.GAP)).as("given once").isEmpty();
        return frames;
    }
}
