package io.gatehouse.codes.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gatehouse.codes.symbol.ErrorCorrection;
import io.gatehouse.codes.symbol.QrReader;
import io.gatehouse.codes.symbol.QrReaderOptions;
import io.gatehouse.codes.symbol.ReadSymbol;
import io.gatehouse.core.frame.Frame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LabelsTest {
    private static final Path CHINESE_FONT = Path.of("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf");

    @TempDir
    private Path folder;

    static List<SheetLayout> layouts() {
        return List.of(
                SheetLayout.L7160,
                SheetLayout.L7163,
                SheetLayout.L7651,
                SheetLayout.US5160,
                SheetLayout.US5163,
                SheetLayout.US22806);
    }

    @ParameterizedTest
    @MethodSource("layouts")
    @DisplayName("ENT-25 every label of a sheet reads, and its number and text are there in print")
    void everyLabelOfASheetReads(SheetLayout layout) throws IOException {
        List<Label> labels = labels(layout.labels() + 1);
        byte[] pdf = pdf(LabelSheets.create(layout, LabelOptions.STANDARD), labels);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(2);
            String text = new PDFTextStripper().getText(document);
            assertThat(labels)
                    .allSatisfy(label -> assertThat(text)
                            .contains(label.id().value(), label.lines().get(0)));
            BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, 300);
            Set<String> read = new TreeSet<>();
            double dots = 300 / 25.4;
            for (int place = 0; place < layout.labels(); place++) {
                BufferedImage label = page.getSubimage(
                        (int) (layout.x(place) * dots),
                        (int) (layout.y(place) * dots),
                        (int) (Math.min(layout.labelHeight(), layout.labelWidth()) * dots),
                        (int) (layout.labelHeight() * dots));
                read.addAll(read(label));
            }
            assertThat(read)
                    .containsExactlyElementsOf(labels.subList(0, layout.labels()).stream()
                            .map(label -> label.id().value())
                            .sorted()
                            .toList());
        }
    }

    @Test
    void printsTwoCodesWhereAskedFor() throws IOException {
        List<Label> labels = labels(1);
        byte[] pdf = pdf(LabelSheets.create(SheetLayout.L7163, LabelOptions.STANDARD.withCopies(2)), labels);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, 200);
            double dots = 200 / 25.4;
            int middle = (int) ((SheetLayout.L7163.left() + SheetLayout.L7163.labelWidth() / 2) * dots);
            int height = (int) (60 * dots);
            assertThat(read(page.getSubimage(0, 0, middle, height)))
                    .containsExactly(labels.get(0).id().value());
            assertThat(read(page.getSubimage(middle, 0, middle, height)))
                    .containsExactly(labels.get(0).id().value());
        }
    }

    @Test
    void printsChineseWithAFontThatHasItAndSaysWhichLabelHasACharacterThatAFontHasNot() throws IOException {
        List<Label> labels = List.of(Label.of(LabelId.of("A1"), "东门仓库", "危险品"));
        LabelSheets without = LabelSheets.create(SheetLayout.L7160, LabelOptions.STANDARD);
        ByteArrayOutputStream nothing = new ByteArrayOutputStream();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> without.write(labels.iterator(), nothing, LabelListener.NONE))
                .withMessageContaining("label " + labels.get(0).id() + " has a character that the font has not");
        assertThat(nothing.size()).isZero();

        assumeThat(CHINESE_FONT).as("the package fonts-droid-fallback").exists();
        byte[] pdf = pdf(LabelSheets.create(SheetLayout.L7160, LabelOptions.STANDARD, CHINESE_FONT), labels);
        assertThat(pdf.length).as("only what is used of a font of 4 MB").isLessThan(100_000);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(document)).contains("东门仓库", "危险品");
            int embedded = 0;
            for (COSName name : document.getPage(0).getResources().getFontNames()) {
                embedded += document.getPage(0).getResources().getFont(name).isEmbedded() ? 1 : 0;
            }
            assertThat(embedded).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("10,000 labels in one PDF with a heap of 40 MB and a report a sheet")
    void manyLabelsTakeLittleMemory() throws Exception {
        Path file = folder.resolve("labels.pdf");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx40m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyLabels.class.getName(),
                        file.toString(),
                        "10000")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(said).contains("477 reports, the last of 10000");
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            assertThat(document.getNumberOfPages()).isEqualTo(477);
        }
    }

    @Test
    void stopsWhenTheListenerSaysSoAndWritesNothing() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean written = LabelSheets.create(SheetLayout.L7160, LabelOptions.STANDARD)
                .write(labels(100).iterator(), out, done -> done < 42);
        assertThat(written).isFalse();
        assertThat(out.size()).isZero();
    }

    @Test
    void writesDotsForLabelPrinters() throws IOException {
        StringBuilder zpl = new StringBuilder();
        Label label = Label.of(LabelId.of("A1"), "Gate_^FD~ 1", "东门");
        ZplLabels.create(100, 50, 203, LabelOptions.STANDARD.withCopies(2))
                .write(List.of(label).iterator(), zpl);
        assertThat(zpl.toString())
                .startsWith("^XA^CI28^PW799^LL399")
                .endsWith("^XZ\n")
                .contains("^FDGate_5F_5EFD_7E 1^FS", "^FD东门^FS", "^FD" + label.id() + "^FS");
        Matcher dots = Pattern.compile("\\^FO(\\d+),(\\d+)\\^GFA,(\\d+),\\3,(\\d+),([0-9A-F]+)\\^FS")
                .matcher(zpl);
        int codes = 0;
        while (dots.find()) {
            int rowBytes = Integer.parseInt(dots.group(4));
            byte[] bits = HexFormat.of().parseHex(dots.group(5));
            assertThat(bits).hasSize(Integer.parseInt(dots.group(3)));
            int rows = bits.length / rowBytes;
            BufferedImage image = new BufferedImage(rows, rows, BufferedImage.TYPE_3BYTE_BGR);
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < rows; x++) {
                    boolean dark = (bits[y * rowBytes + x / 8] >> (7 - x % 8) & 1) == 1;
                    image.setRGB(x, y, dark ? 0 : 0xFFFFFF);
                }
            }
            assertThat(read(image)).containsExactly(label.id().value());
            codes++;
        }
        assertThat(codes).isEqualTo(2);
        StringBuilder chinese = new StringBuilder();
        ZplLabels.create(100, 50, 203, LabelOptions.STANDARD)
                .withFont("E:SIMSUN.FNT")
                .write(List.of(label).iterator(), chinese);
        assertThat(chinese).contains("E:SIMSUN.FNT");
    }

    @Test
    void refusesWhatDoesNotFit() {
        Label large = new Label(LabelId.of("A1"), "x".repeat(500), List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ZplLabels.create(20, 10, 203, LabelOptions.STANDARD)
                        .write(List.of(large).iterator(), new StringBuilder()))
                .withMessageContaining("no room");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        pdf(LabelSheets.create(SheetLayout.L7651, LabelOptions.STANDARD.withCopies(2)), labels(1)))
                .as("two codes and no room between them is allowed, three millimetres less is not")
                .withMessageContaining("no room");
        assertThatIllegalArgumentException().isThrownBy(() -> new Label(LabelId.of("A1"), "", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Label.of(LabelId.of("A1"), "tab\there"));
        assertThatIllegalArgumentException().isThrownBy(() -> new LabelOptions(ErrorCorrection.Q, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new LabelOptions(ErrorCorrection.Q, 5, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> ZplLabels.create(5, 50, 203, LabelOptions.STANDARD));
        assertThatIllegalArgumentException().isThrownBy(() -> ZplLabels.create(50, 50, 100, LabelOptions.STANDARD));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ZplLabels.create(50, 50, 203, LabelOptions.STANDARD).withFont("^XA"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SheetLayout("mine", 210, 297, 4, 7, 63.5, 38.1, 7.2, 15.1, 66, 38.1))
                .withMessageContaining("beyond the sheet");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SheetLayout("mine", 210, 297, 3, 7, 63.5, 38.1, 7.2, 15.1, 60, 38.1))
                .withMessageContaining("one upon another");
        assertThatThrownBy(() -> pdf(
                        LabelSheets.create(SheetLayout.L7160, LabelOptions.STANDARD, folder.resolve("none.ttf")),
                        labels(1)))
                .isInstanceOf(IOException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pdf(LabelSheets.create(SheetLayout.L7160, LabelOptions.STANDARD), List.of()));
        assertThat(Files.exists(folder.resolve("none.ttf"))).isFalse();
    }

    private static List<Label> labels(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> Label.of(LabelId.numbered("G", number, 6), "Gate " + number, "Café"))
                .toList();
    }

    private static byte[] pdf(LabelSheets sheets, List<Label> labels) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(sheets.write(labels.iterator(), out, LabelListener.NONE)).isTrue();
        return out.toByteArray();
    }

    private static List<String> read(BufferedImage image) {
        return new ArrayList<>(
                QrReader.create(QrReaderOptions.DEFAULT)
                        .read(Frame.of(image, Instant.EPOCH, "printed"))
                        .symbols()
                        .stream()
                        .map(ReadSymbol::text)
                        .toList());
    }
}
