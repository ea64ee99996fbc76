/** Measures recognition on a folder of pictures: figures, intervals, plots, and a calibration. */
@NullMarked
package io.gatehouse.examples.evaluate;

import org.jspecify.annotations.NullMarked;
