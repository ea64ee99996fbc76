package io.gatehouse.codes.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.Encoder;
import com.google.zxing.qrcode.encoder.QRCode;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.frame.FrameDecoder.Decoded;
import io.gatehouse.core.frame.FrameLimits;
import io.gatehouse.core.frame.ImageIoFrameDecoder;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QrRoundTripTest {
    private static final QrReader READER = QrReader.create(QrReaderOptions.DEFAULT.within(Duration.ofMinutes(5)));
    private static final QrReader EXHAUSTIVE =
            QrReader.create(new QrReaderOptions(3, true, true).within(Duration.ofMinutes(5)));

    @ParameterizedTest
    @EnumSource
    void readsWhatItWroteAtEveryErrorCorrection(ErrorCorrection level) {
        QrWriter writer = QrWriter.create(new QrOptions(level, 4, 4));
        for (String text : List.of("7", "GH1:AB C$%*+-./:", "grüße, 门禁", "x".repeat(800))) {
            ReadSymbol read = only(READER.read(frame(writer.write(text))));
            assertThat(read.text()).isEqualTo(text);
            assertThat(new String(read.payload(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(text);
        }
    }

    @Test
    void givesBackBytesAsTheyWere() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        ReadSymbol read =
                only(READER.read(frame(QrWriter.create(QrOptions.DEFAULT).write(bytes))));
        assertThat(read.payload()).isEqualTo(bytes);
    }

    @Test
    void makesEvidenceOfAnythingThatASymbolCanHold() throws WriterException {
        // 1,800 kanji of 13 bits each in the symbol are three bytes each in UTF-8.
        String kanji = "門".repeat(1_800);
        QRCode code = Encoder.encode(kanji, ErrorCorrectionLevel.L, Map.of(EncodeHintType.CHARACTER_SET, "Shift_JIS"));
        Frame frame = frame(QrSymbol.of(code, new QrOptions(ErrorCorrection.L, 4, 4)));
        ReadSymbol read = only(READER.read(frame));
        assertThat(read.toEvidence(frame).text()).isEqualTo(kanji);
    }

    @Test
    void drawsAPngThatReads() {
        QrSymbol symbol = QrWriter.create(QrOptions.DEFAULT).write("GATEHOUSE");
        var decoding = ImageIoFrameDecoder.create(FrameLimits.DEFAULT).decode(symbol.toPng(), Instant.EPOCH, "png");

        assertThat(decoding).isInstanceOfSatisfying(Decoded.class, decoded -> {
            assertThat(decoded.frame().width()).isEqualTo(symbol.sidePixels());
            assertThat(only(READER.read(decoded.frame())).text()).isEqualTo("GATEHOUSE");
        });
    }

    @Test
    void takesTheSmallestVersionAndKeepsTheQuietZoneLight() {
        QrSymbol symbol =
                QrWriter.create(new QrOptions(ErrorCorrection.M, 4, 2)).write("A");
        assertThat(symbol.version()).isOne();
        assertThat(symbol.size()).isEqualTo(21);
        assertThat(symbol.sidePixels()).isEqualTo(58);
        assertThat(symbol.isDark(0, 0)).isTrue();
        assertThat(symbol.isDark(-1, 0)).isFalse();
        assertThat(symbol.toFrame(Instant.EPOCH, "t").luminance()[0]).isEqualTo((byte) 255);
    }

    @Test
    void refusesWhatDoesNotFit() {
        QrWriter writer = QrWriter.create(QrOptions.DEFAULT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.write("x".repeat(3_000)))
                .withMessageContaining("3000 characters")
                .withMessageContaining("M");
        assertThatIllegalArgumentException().isThrownBy(() -> writer.write(""));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 90, 180, 270, 33})
    void saysWhereTheSymbolIs(int degrees) {
        QrSymbol symbol =
                QrWriter.create(new QrOptions(ErrorCorrection.M, 0, 5)).write("x".repeat(100));
        int side = symbol.sidePixels();
        BufferedImage scene = white(640, 480);
        Graphics2D graphics = scene.createGraphics();
        graphics.rotate(Math.toRadians(degrees), 300, 200);
        graphics.drawImage(symbol.toFrame(Instant.EPOCH, "t").toImage(), 300 - side / 2, 200 - side / 2, null);
        graphics.dispose();

        ReadSymbol read = only(READER.read(Frame.of(scene, Instant.EPOCH, "scene")));

        double angle = Math.toRadians(degrees - 135);
        double reach = side / 2.0 * Math.sqrt(2);
        Offset<Double> aModule = Offset.offset(5.0);
        assertThat(read.corners().get(0).x()).isCloseTo(300 + reach * Math.cos(angle), aModule);
        assertThat(read.corners().get(0).y()).isCloseTo(200 + reach * Math.sin(angle), aModule);
        assertThat(read.corners().get(2).x()).isCloseTo(300 - reach * Math.cos(angle), aModule);
        assertThat(read.corners().get(2).y()).isCloseTo(200 - reach * Math.sin(angle), aModule);
    }

    @Test
    void readsALightSymbolOnDarkGround() {
        Frame frame = frame(QrWriter.create(QrOptions.DEFAULT).write("INVERTED"));
        byte[] inverse = frame.toBgr();
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = (byte) ~inverse[i];
        }
        Frame inverted = Frame.ofBgr(frame.width(), frame.height(), inverse, Instant.EPOCH, "inverted");

        assertThat(only(READER.read(inverted)).how()).contains("inverted");
        assertThat(QrReader.create(new QrReaderOptions(1, false, true))
                        .read(inverted)
                        .symbols())
                .isEmpty();
    }

    @Test
    void readsSeveralSymbolsOnceEach() {
        BufferedImage scene = white(900, 400);
        Graphics2D graphics = scene.createGraphics();
        QrWriter writer = QrWriter.create(new QrOptions(ErrorCorrection.M, 4, 6));
        graphics.drawImage(image(writer, "LEFT"), 20, 20, null);
        graphics.drawImage(image(writer, "RIGHT"), 320, 120, null);
        graphics.drawImage(image(writer, "LEFT"), 620, 60, null);
        graphics.dispose();

        QrReading reading = EXHAUSTIVE.read(Frame.of(scene, Instant.EPOCH, "scene"));

        assertThat(reading.symbols()).extracting(ReadSymbol::text).containsExactlyInAnyOrder("LEFT", "RIGHT", "LEFT");
    }

    @Test
    void findsNothingInTheSmallestFrame() {
        Frame dot = Frame.ofBgr(1, 1, new byte[3], Instant.EPOCH, "dot");
        assertThat(EXHAUSTIVE.read(dot).symbols()).isEmpty();
    }

    @Test
    void leavesTheContentOutOfWhatItPrints() {
        assertThat(only(READER.read(frame(QrWriter.create(QrOptions.DEFAULT).write("SECRET"))))
                        .toString())
                .doesNotContain("SECRET");
    }

    private static BufferedImage image(QrWriter writer, String text) {
        return writer.write(text).toFrame(Instant.EPOCH, "t").toImage();
    }

    private static BufferedImage white(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }

    private static Frame frame(QrSymbol symbol) {
        return symbol.toFrame(Instant.EPOCH, "drawn");
    }

    private static ReadSymbol only(QrReading reading) {
        assertThat(reading.symbols()).hasSize(1);
        return reading.symbols().get(0);
    }
}
