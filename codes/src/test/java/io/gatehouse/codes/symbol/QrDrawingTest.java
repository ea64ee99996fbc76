package io.gatehouse.codes.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.Encoder;
import io.gatehouse.core.frame.Frame;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;

class QrDrawingTest {
    private static final QrReader READER = QrReader.create(QrReaderOptions.DEFAULT.within(Duration.ofMinutes(5)));
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:abcdefghijklm{}~";

    @Test
    void drawsAPdfOfTheWantedSizeThatReads() throws IOException {
        byte[] pdf = QrWriter.create(QrOptions.DEFAULT).write("GATEHOUSE").toPdf(40);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getPage(0).getMediaBox().getWidth() / 72 * 25.4).isBetween(39.99, 40.01);
            BufferedImage image = new PDFRenderer(document).renderImageWithDPI(0, 200);
            assertThat(READER.read(Frame.of(image, Instant.EPOCH, "pdf")).symbols())
                    .singleElement()
                    .extracting(ReadSymbol::text)
                    .isEqualTo("GATEHOUSE");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QrWriter.create(QrOptions.DEFAULT).write("A").toPdf(0))
                .withMessageContaining("mm");
    }

    @Test
    void drawsAnSvgWhosePathCoversTheDarkModules() {
        QrSymbol symbol = QrWriter.create(QrOptions.DEFAULT).write("GATEHOUSE");
        boolean[][] drawn = new boolean[symbol.size()][symbol.size()];
        var runs = java.util.regex.Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\d+z")
                .matcher(symbol.toSvg());
        while (runs.find()) {
            for (int i = 0; i < Integer.parseInt(runs.group(3)); i++) {
                drawn[Integer.parseInt(runs.group(2)) - 4][Integer.parseInt(runs.group(1)) - 4 + i] = true;
            }
        }
        for (int y = 0; y < symbol.size(); y++) {
            for (int x = 0; x < symbol.size(); x++) {
                assertThat(drawn[y][x]).isEqualTo(symbol.isDark(x, y));
            }
        }
    }

    @Test
    void mixesModesAndIsNeverLargerThanOneRun() throws WriterException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int smaller = 0;
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < 1 + random.nextInt(300)) {
                int kinds = new int[] {10, 45, ALPHABET.length()}[random.nextInt(3)];
                for (int run = random.nextInt(1, 30); run > 0; run--) {
                    text.append(ALPHABET.charAt(random.nextInt(kinds)));
                }
            }
            QrSymbol symbol = QrWriter.create(QrOptions.DEFAULT).write(text.toString());
            int plain = Encoder.encode(text.toString(), ErrorCorrectionLevel.M)
                    .getVersion()
                    .getVersionNumber();
            assertThat(symbol.version()).isLessThanOrEqualTo(plain);
            smaller += symbol.version() < plain ? 1 : 0;
            assertThat(READER.read(symbol.toFrame(Instant.EPOCH, "mixed")).symbols())
                    .singleElement()
                    .extracting(ReadSymbol::text)
                    .isEqualTo(text.toString());
        }
        assertThat(smaller).isPositive();
    }
}
