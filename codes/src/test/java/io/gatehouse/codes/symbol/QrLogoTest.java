package io.gatehouse.codes.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.core.frame.Frame;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QrLogoTest {
    private static final String TEXT = "GH1:NCFOXN*TS0BI$ZDY4L*";
    private static final QrOptions MOST_ROOM = new QrOptions(ErrorCorrection.H, 4, 8);

    @Test
    void drawsALogoThatLeavesTheCodeReadable() {
        Frame drawn = QrLogo.create(MOST_ROOM).draw(TEXT, logo(), 0.2).orElseThrow();
        assertThat(QrReader.create(QrReaderOptions.DEFAULT).read(drawn).symbols())
                .extracting(ReadSymbol::text)
                .containsExactly(TEXT);
        int middle = (drawn.height() / 2 * drawn.width() + drawn.width() / 2) * Frame.CHANNELS;
        assertThat(Arrays.copyOfRange(drawn.toBgr(), middle, middle + 3)).containsExactly(200, 30, 20);
    }

    @Test
    void givesNothingWhereTheCodeWouldNotRead() {
        Optional<Frame> tooLarge =
                QrLogo.create(new QrOptions(ErrorCorrection.L, 4, 8)).draw(TEXT, logo(), 0.35);
        assertThat(tooLarge).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QrLogo.create(MOST_ROOM).draw(TEXT, logo(), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QrLogo.create(MOST_ROOM).draw(TEXT, logo(), 0.5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QrLogo.create(MOST_ROOM).draw(TEXT, logo(), Double.NaN));
    }

    private static Frame logo() {
        byte[] bgr = new byte[40 * 40 * Frame.CHANNELS];
        for (int i = 0; i < bgr.length; i += Frame.CHANNELS) {
            bgr[i] = (byte) 200;
            bgr[i + 1] = 30;
            bgr[i + 2] = 20;
        }
        return Frame.ofBgr(40, 40, bgr, Instant.EPOCH, "logo");
    }
}
