package io.gatehouse.codes.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.codes.SharedData;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.frame.FrameDecoder;
import io.gatehouse.core.frame.FrameDecoder.Decoded;
import io.gatehouse.core.frame.FrameLimits;
import io.gatehouse.core.frame.ImageIoFrameDecoder;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pictures of ZXing's own tests, upright. Floors are raised when more is read, never lowered. What 13.png of qrcode-2 holds
 * says "photography", where the text beside it says "photograph".
 */
class QrReaderZxingSamplesTest {
    private static final FrameDecoder DECODER = ImageIoFrameDecoder.create(FrameLimits.DEFAULT);
    private static final QrReader READER = QrReader.create(QrReaderOptions.DEFAULT.within(Duration.ofMinutes(5)));

    @ParameterizedTest(name = "{0}: at least {1} of {2}")
    @CsvSource({
        "qrcode-1, 20, 20",
        "qrcode-2, 34, 35",
        "qrcode-3, 42, 42",
        "qrcode-4, 48, 48",
        "qrcode-5, 19, 19",
        "qrcode-6, 15, 15"
    })
    void readsAtLeastAsManyAsBefore(String set, int floor, int pictures) throws IOException {
        List<Path> files = pictures(set);
        List<String> missed = new ArrayList<>();
        int wrong = 0;
        for (Path file : files) {
            QrReading reading = READER.read(frame(file));
            assertThat(reading.faults()).as("%s", file).isEmpty();
            List<String> texts =
                    reading.symbols().stream().map(ReadSymbol::text).toList();
            if (!texts.contains(expected(file))) {
                missed.add(String.valueOf(file.getFileName()));
                wrong += texts.size();
            }
        }
        System.out.printf(
                "%s: %d of %d read, %d wrongly, missed %s%n",
                set, files.size() - missed.size(), files.size(), wrong, missed);
        assertThat(files).hasSize(pictures);
        assertThat(files.size() - missed.size()).isGreaterThanOrEqualTo(floor);
    }

    @Tag("long")
    @ParameterizedTest(name = "{0} turned by {1}: at least {2}")
    @CsvSource({
        "qrcode-1, 90, 20",
        "qrcode-1, 180, 20",
        "qrcode-1, 270, 20",
        "qrcode-2, 90, 34",
        "qrcode-2, 180, 34",
        "qrcode-2, 270, 34",
        "qrcode-3, 90, 42",
        "qrcode-3, 180, 42",
        "qrcode-3, 270, 42",
        "qrcode-4, 90, 47",
        "qrcode-4, 180, 47",
        "qrcode-4, 270, 47",
        "qrcode-5, 90, 19",
        "qrcode-5, 180, 19",
        "qrcode-5, 270, 19",
        "qrcode-6, 90, 15",
        "qrcode-6, 180, 15",
        "qrcode-6, 270, 15"
    })
    void readsAtLeastAsManyTurned(String set, int degrees, int floor) throws IOException {
        int read = 0;
        for (Path file : pictures(set)) {
            Frame frame = turned(frame(file), degrees);
            List<String> texts =
                    READER.read(frame).symbols().stream().map(ReadSymbol::text).toList();
            read += texts.contains(expected(file)) ? 1 : 0;
        }
        System.out.printf("%s turned by %d: %d read%n", set, degrees, read);
        assertThat(read).isGreaterThanOrEqualTo(floor);
    }

    private static Frame turned(Frame frame, int degrees) {
        boolean aside = degrees % 180 != 0;
        int width = aside ? frame.height() : frame.width();
        int height = aside ? frame.width() : frame.height();
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.translate(width / 2.0, height / 2.0);
        graphics.rotate(Math.toRadians(degrees));
        graphics.drawImage(frame.toImage(), -frame.width() / 2, -frame.height() / 2, null);
        graphics.dispose();
        return Frame.of(image, Instant.EPOCH, "turned");
    }

    @Test
    void readsNothingWhereThereIsNoCode() throws IOException {
        QrReader hard = QrReader.create(new QrReaderOptions(5, true, true).within(Duration.ofMinutes(5)));
        for (Path file : pictures("falsepositives")) {
            assertThat(hard.read(frame(file)).symbols()).as("%s", file).isEmpty();
        }
    }

    @Test
    void readsSeveralCodesInOnePicture() throws IOException {
        QrReading reading = READER.read(frame(pictures("multi-qrcode-1").get(0)));
        assertThat(reading.symbols()).hasSize(4);
    }

    private static List<Path> pictures(String set) throws IOException {
        try (Stream<Path> files = Files.list(SharedData.folder("qr/zxing").resolve(set))) {
            return files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
        }
    }

    private static Frame frame(Path file) throws IOException {
        FrameDecoder.Decoding decoding = DECODER.decode(Files.readAllBytes(file), Instant.EPOCH, file.toString());
        assertThat(decoding).isInstanceOf(Decoded.class);
        return ((Decoded) decoding).frame();
    }

    private static String expected(Path picture) throws IOException {
        String name = String.valueOf(picture.getFileName()).replaceFirst("\\.png$", ".txt");
        return Files.readString(picture.resolveSibling(name), StandardCharsets.UTF_8);
    }
}
