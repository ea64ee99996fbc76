package io.gatehouse.examples.quickstart.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.imageio.ImageIO;

/** Collects what the morning showed and writes it as one page that needs nothing else: pictures are inside it. Used by one thread. */
public final class HtmlReport {
    private static final int CARD_HEIGHT = 180;
    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:76rem;padding:0 1rem;color:#1c2733;background:#fbfbf9}
            h1{font-size:1.7rem;margin-bottom:.2rem} h2{font-size:1.15rem;margin-top:2.2rem;border-bottom:1px solid #d8d8d0}
            .verdict{font-weight:600} .good{color:#17693a} .bad{color:#a32020}
            table{border-collapse:collapse;width:100%} th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #e6e6df;vertical-align:top}
            th{font-size:.8rem;text-transform:uppercase;letter-spacing:.04em;color:#5b6770} td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
            .cards{display:flex;flex-wrap:wrap;gap:.8rem} figure{margin:0} figcaption{font-size:.8rem;max-width:15rem}
            pre{background:#f0f0ea;padding:.8rem;overflow-x:auto;font-size:.85rem}
            """;

    private final String title;
    private final List<Line> lines = new ArrayList<>();
    private final List<PictureCard> cards = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();

    public HtmlReport(String title) {
        this.title = Objects.requireNonNull(title, "title");
    }

    public void add(Line line) {
        lines.add(line);
    }

    public void add(PictureCard card) {
        cards.add(card);
    }

    /** A sentence below the title. */
    public void note(String text) {
        notes.add(text);
    }

    /** A section of plain lines, for example bytes or proofs. */
    public void section(String heading, List<String> content) {
        sections.add(new Section(heading, List.copyOf(content)));
    }

    /** Writes the page whole or not at all. */
    public void write(Path file) throws IOException {
        Path parent = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a report file lies in a folder");
        Path whole = Files.createTempFile(parent, "report", ".part");
        try {
            Files.writeString(whole, page(), StandardCharsets.UTF_8);
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private String page() throws IOException {
        long failed = lines.stream().filter(line -> !line.asExpected()).count();
        StringBuilder html = new StringBuilder(
                        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(escape(title))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body>\n<h1>")
                .append(escape(title))
                .append("</h1>\n");
        html.append(
                failed == 0
                        ? "<p class=\"verdict good\">All " + lines.size() + " lines ended as they must.</p>\n"
                        : "<p class=\"verdict bad\">" + failed + " of " + lines.size()
                                + " lines did not end as they must.</p>\n");
        notes.forEach(note -> html.append("<p>").append(escape(note)).append("</p>\n"));
        appendTable(html);
        appendCards(html);
        for (Section section : sections) {
            html.append("<h2>").append(escape(section.heading())).append("</h2>\n<pre>");
            section.content().forEach(text -> html.append(escape(text)).append('\n'));
            html.append("</pre>\n");
        }
        return html.append("</body></html>\n").toString();
    }

    private void appendTable(StringBuilder html) {
        html.append("<h2>The morning</h2>\n<table><tr><th>Step</th><th>What</th><th>Who</th><th>Decision</th>")
                .append("<th>Reason</th><th>ms</th><th></th></tr>\n");
        for (Line line : lines) {
            html.append("<tr><td>").append(line.step()).append("</td>");
            for (String cell : List.of(line.what(), line.who(), line.decision(), line.reason())) {
                html.append("<td>").append(escape(cell)).append("</td>");
            }
            html.append(String.format(Locale.ROOT, "<td class=\"n\">%.1f</td>", line.millis()))
                    .append(line.asExpected() ? "<td class=\"good\">ok</td>" : "<td class=\"bad\">not as it must</td>")
                    .append("</tr>\n");
        }
        html.append("</table>\n");
    }

    private void appendCards(StringBuilder html) throws IOException {
        if (cards.isEmpty()) {
            return;
        }
        html.append("<h2>What the gate saw</h2>\n<div class=\"cards\">\n");
        for (PictureCard card : cards) {
            html.append("<figure><img height=\"")
                    .append(CARD_HEIGHT)
                    .append("\" alt=\"\" src=\"data:image/jpeg;base64,")
                    .append(Base64.getEncoder().encodeToString(jpegOf(card)))
                    .append("\"><figcaption class=\"")
                    .append(card.good() ? "good" : "bad")
                    .append("\">")
                    .append(escape(card.caption()))
                    .append("</figcaption></figure>\n");
        }
        html.append("</div>\n");
    }

    private static byte[] jpegOf(PictureCard card) throws IOException {
        double scale = Math.min(1, 2.0 * CARD_HEIGHT / card.frame().height());
        int width = Math.max(1, (int) Math.round(card.frame().width() * scale));
        int height = Math.max(1, (int) Math.round(card.frame().height() * scale));
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(card.frame().toImage(), 0, 0, width, height, null);
            graphics.setColor(card.good() ? new Color(0x2E, 0xCC, 0x71) : new Color(0xE7, 0x4C, 0x3C));
            graphics.setStroke(new BasicStroke(3));
            if (card.width() > 0) {
                graphics.drawRect(
                        (int) (card.left() * scale), (int) (card.top() * scale), (int) (card.width() * scale), (int)
                                (card.height() * scale));
            }
        } finally {
            graphics.dispose();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, "jpeg", bytes)) {
            throw new IOException("this Java has no JPEG writer");
        }
        return bytes.toByteArray();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private record Section(String heading, List<String> content) {}
}
