package io.gatehouse.devices.wiegand;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whatever a reader sends, it is a card or it is not; with the environment variable JAZZER_FUZZ=1 new bytes are looked for. */
class CardLineFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void readsOrRefusesAnyStreamTheSameHoweverItIsSplit(byte[] bytes) {
        List<LineFramer.Line> whole = new LineFramer().feed(bytes);
        int middle = bytes.length / 2;
        LineFramer split = new LineFramer();
        List<LineFramer.Line> parts = new ArrayList<>(split.feed(Arrays.copyOf(bytes, middle)));
        parts.addAll(split.feed(Arrays.copyOfRange(bytes, middle, bytes.length)));
        assertThat(parts).isEqualTo(whole);
        for (LineFramer.Line line : whole) {
            assertThat(line.text().length()).isLessThanOrEqualTo(LineFramer.MAX_LINE);
            WiegandLineCodec.decode(line.text()).ifPresent(CardLineFuzzTest::holdTogether);
        }
    }

    private static void holdTogether(CardBits bits) {
        assertThat(WiegandLineCodec.decode(WiegandLineCodec.encode(bits))).hasValue(bits);
        CardDecoding decoding = CardFormats.H10301.decode(bits);
        assertThat(decoding.<Boolean>fold(card -> card.cardNumber() >= 0, refused -> true))
                .isTrue();
    }
}
