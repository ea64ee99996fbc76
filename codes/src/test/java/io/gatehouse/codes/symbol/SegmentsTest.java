package io.gatehouse.codes.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.ReaderException;
import com.google.zxing.Result;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.gatehouse.codes.internal.read.Grey;
import io.gatehouse.codes.internal.read.Segments;
import io.gatehouse.core.frame.Frame;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The parser of data codewords beside ZXing's. */
class SegmentsTest {
    @Test
    void readsFromTheCodewordsWhatZxingReads() throws ReaderException {
        for (String text :
                List.of("0012345", "7", "HELLO 42%", "grüße, 门禁", "a1234567890123456789012345B", "x".repeat(400))) {
            QrSymbol symbol = QrWriter.create(QrOptions.DEFAULT).write(text);
            Frame frame = symbol.toFrame(Instant.EPOCH, "t");
            Grey grey = new Grey(frame.width(), frame.height(), frame.luminance(), 1);
            Result result = new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(grey.source())));
            Segments segments =
                    Segments.of(result.getRawBytes(), symbol.version()).orElseThrow();
            assertThat(segments.text()).isEqualTo(text).isEqualTo(result.getText());
        }
    }

    @Test
    void refusesWhatEndsEarly() {
        assertThat(Segments.of(new byte[] {0x4F, (byte) 0xF0, 1}, 1)).isEmpty();
        assertThat(Segments.of(new byte[] {0x30, 0, 0}, 1)).isEmpty();
    }
}
