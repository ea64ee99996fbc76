package io.gatehouse.devices.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** Whatever a reader of documents sends is read or refused; with the environment variable JAZZER_FUZZ=1 new bytes are looked for. */
class DocumentFuzzTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 25);

    @FuzzTest(maxDuration = "30s")
    void readsOrRefusesAnyMessage(byte[] bytes) {
        SdtFrame.parse(bytes).ifPresent(frame -> assertThat(frame.toBytes()).isEqualTo(bytes));
        boolean isWhole = SdtFrame.progress(bytes) == SdtFrame.Progress.WHOLE;
        assertThat(isWhole || SdtFrame.parse(bytes).isEmpty()).isTrue();
        if (bytes.length > 0 && bytes.length <= SdtFrame.MAX_BODY) {
            // Right outside, so that what is inside is reached too.
            SdtFrame framed = new SdtFrame(bytes);
            assertThat(SdtFrame.parse(framed.toBytes())).contains(framed);
        }
    }

    @FuzzTest(maxDuration = "30s")
    void readsOrRefusesAnyCard(byte[] bytes) {
        byte[] text = Arrays.copyOf(bytes, ResidentCardCodec.BYTES);
        ResidentCardCodec.decode(text)
                .ifPresent(card -> assertThat(ResidentCardCodec.decode(ResidentCardCodec.encode(card)))
                        .contains(card));
    }

    @FuzzTest(maxDuration = "30s")
    void readsOrRefusesAnyMachineReadableZone(byte[] bytes) {
        List<String> lines = Arrays.asList(new String(bytes, StandardCharsets.ISO_8859_1).split("\r", -1));
        assertThat(MrzCodec.decode(lines, DAY)
                        .<String>fold(
                                read -> read.zone().number(),
                                refused -> refused.reason().code()))
                .isNotNull();
    }
}
