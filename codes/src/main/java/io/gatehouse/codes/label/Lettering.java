package io.gatehouse.codes.label;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** The fonts of a document: the given one first, and Helvetica for what it has not. For one thread. */
final class Lettering {
    private final List<PDFont> fonts;

    private Lettering(List<PDFont> fonts) {
        this.fonts = fonts;
    }

    static Lettering of(PDDocument document, Optional<Path> font) throws IOException {
        List<PDFont> fonts = new ArrayList<>();
        if (font.isPresent()) {
            fonts.add(PDType0Font.load(document, font.get().toFile()));
        }
        fonts.add(new PDType1Font(FontName.HELVETICA));
        return new Lettering(fonts);
    }

    /**
     * Text in one font.
     *
     * @param width of it at size 1
     */
    record Run(String text, PDFont font, double width) {}

    /** @throws IllegalArgumentException if no font has a character */
    List<Run> runs(String text, LabelId label) throws IOException {
        List<Run> runs = new ArrayList<>();
        StringBuilder same = new StringBuilder();
        PDFont of = fonts.get(0);
        for (int point : text.codePoints().toArray()) {
            String character = Character.toString(point);
            PDFont next = fontOf(character, label);
            if (!next.equals(of) && same.length() > 0) {
                runs.add(run(same.toString(), of));
                same.setLength(0);
            }
            of = next;
            same.append(character);
        }
        runs.add(run(same.toString(), of));
        return runs;
    }

    private static Run run(String text, PDFont font) throws IOException {
        return new Run(text, font, font.getStringWidth(text) / 1_000);
    }

    private PDFont fontOf(String character, LabelId label) throws IOException {
        for (PDFont font : fonts) {
            try {
                font.encode(character);
                return font;
            } catch (IllegalArgumentException e) {
                // This font has not got it; perhaps the next has.
            }
        }
        throw new IllegalArgumentException(
                "label " + label + " has a character that the font has not: give a font that has it");
    }
}
