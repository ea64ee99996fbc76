/** Speed (JMH), accuracy and footprint, beside peers in the same run. Prints figures and asserts none. */
@NullMarked
package io.gatehouse.benchmarks;

import org.jspecify.annotations.NullMarked;
