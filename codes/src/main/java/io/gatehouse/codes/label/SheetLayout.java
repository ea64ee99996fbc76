package io.gatehouse.codes.label;

import java.util.Objects;

/**
 * Where the labels of a sheet are, in millimetres from its left upper corner. Immutable and thread-safe.
 *
 * @param name        as the maker calls it
 * @param pageWidth   of the sheet
 * @param pageHeight  of the sheet
 * @param columns     labels across
 * @param rows        labels down
 * @param labelWidth  of one label
 * @param labelHeight of one label
 * @param left        margin to the first label
 * @param top         margin to the first label
 * @param pitchAcross from one label's left side to the next one's
 * @param pitchDown   from one label's top to the next one's
 */
public record SheetLayout(
        String name,
        double pageWidth,
        double pageHeight,
        int columns,
        int rows,
        double labelWidth,
        double labelHeight,
        double left,
        double top,
        double pitchAcross,
        double pitchDown) {
    private static final double A4_WIDTH = 210;
    private static final double A4_HEIGHT = 297;
    private static final double INCH = 25.4;
    private static final double LETTER_WIDTH = 8.5 * INCH;
    private static final double LETTER_HEIGHT = 11 * INCH;
    private static final double TOLERANCE = 0.5;

    /** Avery L7160, A4: 21 labels of 63.5 × 38.1 mm. */
    public static final SheetLayout L7160 =
            new SheetLayout("Avery L7160", A4_WIDTH, A4_HEIGHT, 3, 7, 63.5, 38.1, 7.2, 15.1, 66.04, 38.1);

    /** Avery L7163, A4: 14 labels of 99.1 × 38.1 mm. */
    public static final SheetLayout L7163 =
            new SheetLayout("Avery L7163", A4_WIDTH, A4_HEIGHT, 2, 7, 99.1, 38.1, 4.65, 15.15, 101.6, 38.1);

    /** Avery L7651, A4: 65 labels of 38.1 × 21.2 mm. */
    public static final SheetLayout L7651 =
            new SheetLayout("Avery L7651", A4_WIDTH, A4_HEIGHT, 5, 13, 38.1, 21.2, 4.67, 10.7, 40.64, 21.2);

    /** Avery 5160, US Letter: 30 labels of 2⅝ × 1 inch. */
    public static final SheetLayout US5160 = ofInches("Avery 5160", 3, 10, 2.625, 1, 0.1875, 0.5, 2.75, 1);

    /** Avery 5163, US Letter: 10 labels of 4 × 2 inches. */
    public static final SheetLayout US5163 = ofInches("Avery 5163", 2, 5, 4, 2, 0.15625, 0.5, 4.1875, 2);

    /** Avery 22806, US Letter: 12 labels of 2 × 2 inches. */
    public static final SheetLayout US22806 = ofInches("Avery 22806", 3, 4, 2, 2, 0.625, 0.625, 2.625, 2.5833);

    public SheetLayout {
        Objects.requireNonNull(name, "name");
        if (columns < 1 || rows < 1 || labelWidth < 10 || labelHeight < 10 || left < 0 || top < 0) {
            throw new IllegalArgumentException(
                    name + " has at least one label of at least 10 × 10 mm, and margins that are not negative");
        }
        if ((columns > 1 && pitchAcross < labelWidth - TOLERANCE)
                || (rows > 1 && pitchDown < labelHeight - TOLERANCE)) {
            throw new IllegalArgumentException("the labels of " + name + " lie one upon another");
        }
        if (left + (columns - 1) * pitchAcross + labelWidth > pageWidth + TOLERANCE
                || top + (rows - 1) * pitchDown + labelHeight > pageHeight + TOLERANCE) {
            throw new IllegalArgumentException(
                    "the labels of " + name + " go beyond the sheet of " + pageWidth + " × " + pageHeight + " mm");
        }
    }

    private static SheetLayout ofInches(
            String name,
            int columns,
            int rows,
            double width,
            double height,
            double left,
            double top,
            double across,
            double down) {
        return new SheetLayout(
                name,
                LETTER_WIDTH,
                LETTER_HEIGHT,
                columns,
                rows,
                width * INCH,
                height * INCH,
                left * INCH,
                top * INCH,
                across * INCH,
                down * INCH);
    }

    /** How many labels a sheet has. */
    public int labels() {
        return columns * rows;
    }

    /** The left side of a label on its sheet, counted row by row from 0. */
    double x(int place) {
        return left + place % columns * pitchAcross;
    }

    /** The top of a label on its sheet. */
    double y(int place) {
        int row = place / columns;
        return top + row * pitchDown;
    }
}
