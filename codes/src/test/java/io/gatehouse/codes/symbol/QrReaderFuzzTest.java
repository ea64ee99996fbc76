package io.gatehouse.codes.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.core.frame.Frame;
import java.time.Instant;

/** A picture of any bytes gives a reading, perhaps with faults of a decoder, and no exception. */
class QrReaderFuzzTest {
    private static final QrReader READER = QrReader.create(new QrReaderOptions(2, true, true));

    @FuzzTest(maxDuration = "10s")
    void givesAReadingForAnyPicture(FuzzedDataProvider data) {
        int width = data.consumeInt(1, 120);
        int height = data.consumeInt(1, 120);
        byte[] bgr = new byte[3 * width * height];
        byte[] given = data.consumeRemainingAsBytes();
        for (int i = 0; i < bgr.length && given.length > 0; i++) {
            bgr[i] = given[i % given.length];
        }
        assertThat(READER.read(Frame.ofBgr(width, height, bgr, Instant.EPOCH, "fuzz")))
                .isNotNull();
    }
}
