package io.gatehouse.biometrics.evaluate.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.evaluate.Comparisons;
import io.gatehouse.biometrics.evaluate.GroupFigures;
import io.gatehouse.biometrics.evaluate.SearchTrials;
import io.gatehouse.biometrics.evaluate.SearchTrials.Search;
import io.gatehouse.biometrics.evaluate.SubjectBootstrap;
import io.gatehouse.biometrics.evaluate.VerificationFigures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** Also writes the plots to {@code target/plots}, to be looked at. */
class PlotsTest {
    private static final Map<String, String> GROUPS = new HashMap<>();
    private static final Comparisons COMPARISONS = comparisons();

    @BeforeAll
    static void withoutDisplay() {
        System.setProperty("java.awt.headless", "true");
    }

    private static Comparisons comparisons() {
        Random random = new Random(7);
        Comparisons.Builder builder = Comparisons.builder();
        for (int i = 0; i < 150; i++) {
            GROUPS.put("p" + i, i < 70 ? "under 40" : i < 140 ? "40 & older" : "unknown");
            for (int j = i + 1; j < 150; j++) {
                builder.add("p" + i, "p" + j, Math.max(0.01, 0.8 + 0.08 * random.nextGaussian()));
            }
            for (int k = 0; k < 4; k++) {
                builder.add("p" + i, "p" + i, Math.max(0.01, 0.4 + 0.1 * random.nextGaussian()));
            }
        }
        return builder.build();
    }

    private static Map<String, Plot> plots() {
        Map<String, VerificationFigures> system = Map.of("one <system>", VerificationFigures.of(COMPARISONS));
        List<Search> searches = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            searches.add(new Search("p" + i, OptionalDouble.of(0.5), 1 + i % 50 / 44, 0.7));
        }
        GroupFigures groups = GroupFigures.of(COMPARISONS, GROUPS, 0.6, SubjectBootstrap.of(1));
        return Map.of(
                "det", Plots.det(system),
                "roc", Plots.roc(system),
                "histogram", Plots.histogram(COMPARISONS, OptionalDouble.of(0.55)),
                "cmc", Plots.cmc(SearchTrials.of(150, searches), 20),
                "fmr-groups", Plots.falseMatchesByGroup(groups),
                "fnmr-groups", Plots.falseNonMatchesByGroup(groups));
    }

    @Test
    void drawsPngAndSvgWithAxesAndLegend() throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "plots"));
        for (Map.Entry<String, Plot> each : plots().entrySet()) {
            each.getValue().write(folder, each.getKey());
            BufferedImage image =
                    ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(folder.resolve(each.getKey() + ".png"))));
            assertThat(image.getWidth()).isEqualTo(1_440);
            assertThat(coloured(image)).as(each.getKey()).isGreaterThan(500);
            // A document that others read, with the words escaped.
            Document svg = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(folder.resolve(each.getKey() + ".svg").toFile());
            assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
            assertThat(svg.getElementsByTagName("text").getLength()).isGreaterThan(6);
        }
        assertThat(Files.readString(folder.resolve("det.svg")))
                .contains("one &lt;system&gt;", "False match rate (FMR)");
        assertThat(Files.readString(folder.resolve("fmr-groups.svg"))).contains("unknown (too small)");
    }

    @Test
    void theSameFiguresGiveTheSameBytes() {
        plots().forEach((name, plot) -> {
            Plot again = plots().getOrDefault(name, plot);
            assertThat(again.svg()).isEqualTo(plot.svg());
            assertThat(again.png()).isEqualTo(plot.png());
        });
    }

    @Test
    void normalDeviatesLieWhereTheyMust() {
        Axis axis = Axis.deviate("rate", 0.001, 0.999);
        assertThat(axis.at(0.5)).isCloseTo(0.5, within(1e-9));
        // z(0.001) = -3.0902, z(0.01) = -2.3263
        assertThat(axis.at(0.01)).isCloseTo((3.0902 - 2.3263) / (2 * 3.0902), within(1e-4));
        assertThat(axis.at(0)).isZero();
        assertThat(Axis.logarithmic("rate", 1e-4, 1).ticks())
                .extracting(Axis.Tick::label)
                .containsExactly("0.01 %", "0.1 %", "1 %", "10 %", "100 %");
        assertThat(Axis.linear("rank", 0, 10, false).ticks())
                .extracting(Axis.Tick::label)
                .containsExactly("0", "2", "4", "6", "8", "10");
    }

    private static int coloured(BufferedImage image) throws IOException {
        int coloured = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                int red = rgb >> 16 & 255;
                int blue = rgb & 255;
                coloured += Math.abs(red - blue) > 40 ? 1 : 0;
            }
        }
        return coloured;
    }
}
