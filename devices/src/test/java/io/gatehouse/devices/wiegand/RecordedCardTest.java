package io.gatehouse.devices.wiegand;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.devices.house.Recorded;
import io.gatehouse.devices.house.Splits;
import io.gatehouse.devices.sim.TapEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Everything that was recorded from a card reader, in every way that it may be split, and with noise. */
class RecordedCardTest {
    private static final List<String> READ =
            List.of("H10301 123/4567", "H10302 0/1234567", "card.parity", "key 5", "card.junk");

    private static CardLineParser parser() {
        return new CardLineParser(
                ReaderFormats.of(CardFormats.H10301, CardFormats.H10302).withKeypad(), () -> Instant.EPOCH, "front");
    }

    private static List<String> feed(CardLineParser parser, List<byte[]> pieces) {
        List<CardReading> readings = new ArrayList<>();
        pieces.forEach(piece -> readings.addAll(parser.feed(piece)));
        return readings.stream()
                .map(reading -> reading.<String>fold(
                        read -> read.evidence().format() + " " + read.evidence().facilityCode() + "/"
                                + read.evidence().cardNumber(),
                        key -> "key " + key.key(),
                        unreadable -> unreadable.reason().code()))
                .toList();
    }

    @Test
    void readsTheSameHoweverItIsSplit() throws Exception {
        byte[] all = Recorded.session("wiegand-lines").bytes(TapEntry.Way.IN);
        assertThat(Splits.assertSame(all, pieces -> feed(parser(), pieces))).isEqualTo(READ);
    }

    @Test
    void readsOnAfterAnyNoiseAndAPause() {
        byte[] all = Recorded.session("wiegand-lines").bytes(TapEntry.Way.IN);
        Random random = Splits.seeded("noise before cards");
        for (int i = 0; i < 500; i++) {
            CardLineParser parser = parser();
            feed(parser, Splits.noise(random));
            if (random.nextBoolean()) {
                parser.idle();
            } else {
                parser.cut();
            }
            assertThat(feed(parser, List.of(all))).isEqualTo(READ);
        }
    }
}
