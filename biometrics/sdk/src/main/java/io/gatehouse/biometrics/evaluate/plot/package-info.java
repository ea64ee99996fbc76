/** Figures drawn: DET, ROC, histograms, CMC and bars by group, as PNG and SVG. */
@NullMarked
package io.gatehouse.biometrics.evaluate.plot;

import org.jspecify.annotations.NullMarked;
