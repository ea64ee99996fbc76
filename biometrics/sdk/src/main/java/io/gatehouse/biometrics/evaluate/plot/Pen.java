package io.gatehouse.biometrics.evaluate.plot;

import java.awt.Color;

/** What a plot is drawn with: a raster or a text of SVG. Lengths in pixels from the upper left corner. */
interface Pen {
    void line(double x1, double y1, double x2, double y2, Color colour, double width, boolean dashed);

    /** A line through points. */
    void path(double[] x, double[] y, Color colour, double width, boolean dashed);

    void rectangle(double x, double y, double width, double height, Color colour);

    /** Text at a base line; align −1 begins at x, 0 is centred, 1 ends at x; turned by 90° to the left on request. */
    void text(String text, double x, double y, int size, int align, boolean turned);
}
