package io.gatehouse.codes.label;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.codes.symbol.QrOptions;
import io.gatehouse.codes.symbol.QrReader;
import io.gatehouse.codes.symbol.QrReaderOptions;
import io.gatehouse.codes.symbol.QrSymbol;
import io.gatehouse.codes.symbol.QrWriter;
import io.gatehouse.codes.symbol.ReadSymbol;
import io.gatehouse.core.frame.Frame;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A stain of a tenth of the code's area, of several shapes, in black, white and grey, at every place but the finder patterns. */
class CoveredLabelTest {
    private static final int PIXELS = 4;
    private static final int QUIET = 4;
    private static final int FINDER = 8;
    private static final double SHARE = 0.10;

    @Test
    @DisplayName("ENT-25 with 10 % of its area covered anywhere but on the finder patterns a label still reads")
    void readsWithTenPercentCoveredAnywhere() {
        Trial trial = covered(SHARE, LabelOptions.STANDARD);
        assertThat(trial.tried).isGreaterThan(300);
        assertThat(trial.read).as("not read:%s", trial.missed).isEqualTo(trial.tried);
    }

    @Test
    @Tag("long")
    @DisplayName("ENT-25 the curve of covered area against what is read, at error correction Q by version")
    void curveOfCoveredAreaAgainstReading() {
        for (int version : new int[] {1, 3, 5, 7}) {
            StringBuilder curve = new StringBuilder();
            for (int percent = 5; percent <= 30; percent += 5) {
                Trial trial = covered(percent / 100.0, LabelOptions.STANDARD.withLeastVersion(version));
                curve.append(
                        String.format(" %d %%: %.1f (%d)", percent, 100.0 * trial.read / trial.tried, trial.tried));
                if (version == LabelOptions.STANDARD.leastVersion() && percent <= 10) {
                    assertThat(trial.read).as("%d %%", percent).isEqualTo(trial.tried);
                }
            }
            System.out.println("covered, version " + version + ", read of 100:" + curve);
        }
    }

    /** How many of how many stains left the code readable, and which did not. */
    private static final class Trial {
        int tried;
        int read;
        final StringBuilder missed = new StringBuilder();
    }

    private static Trial covered(double share, LabelOptions options) {
        String payload = LabelId.numbered("GOODS", 123_456, 8).value();
        QrSymbol symbol = QrWriter.create(new QrOptions(options.errorCorrection(), QUIET, PIXELS))
                .write(payload, options.leastVersion());
        assertThat(symbol.version()).isEqualTo(options.leastVersion());
        BufferedImage whole = symbol.toFrame(Instant.EPOCH, "label").toImage();
        QrReader reader = QrReader.create(QrReaderOptions.DEFAULT);
        double area = share * symbol.size() * symbol.size();
        Trial trial = new Trial();
        for (double shape : new double[] {1, 2, 0.5}) {
            int width = (int) Math.round(Math.sqrt(area * shape));
            int height = (int) Math.ceil(area / width);
            for (int x = 0; x + width <= symbol.size(); x += 3) {
                for (int y = 0; y + height <= symbol.size(); y += 3) {
                    if (coversFinder(symbol.size(), x, y, width, height)) {
                        continue;
                    }
                    for (Color colour : new Color[] {Color.BLACK, Color.WHITE, Color.GRAY}) {
                        trial.tried++;
                        if (isRead(reader, covered(whole, x, y, width, height, colour), payload)) {
                            trial.read++;
                        } else {
                            trial.missed.append(String.format(" %d×%d at %d,%d", width, height, x, y));
                        }
                    }
                }
            }
        }
        return trial;
    }

    private static boolean coversFinder(int size, int x, int y, int width, int height) {
        boolean left = x < FINDER;
        boolean right = x + width > size - FINDER;
        boolean top = y < FINDER;
        boolean bottom = y + height > size - FINDER;
        return (left && top) || (right && top) || (left && bottom);
    }

    private static Frame covered(BufferedImage whole, int x, int y, int width, int height, Color colour) {
        BufferedImage copy = new BufferedImage(whole.getWidth(), whole.getHeight(), whole.getType());
        Graphics2D graphics = copy.createGraphics();
        graphics.drawImage(whole, 0, 0, null);
        graphics.setColor(colour);
        graphics.fillRect((x + QUIET) * PIXELS, (y + QUIET) * PIXELS, width * PIXELS, height * PIXELS);
        graphics.dispose();
        return Frame.of(copy, Instant.EPOCH, "label");
    }

    private static boolean isRead(QrReader reader, Frame frame, String payload) {
        Optional<String> read =
                reader.read(frame).symbols().stream().map(ReadSymbol::text).findFirst();
        assertThat(read.orElse(payload)).as("never something else").isEqualTo(payload);
        return read.isPresent();
    }
}
