/** Cards from the two data lines themselves: edges with their times become bits, and whatever went wrong on the wire is said. */
@NullMarked
package io.gatehouse.devices.wiegand.pulse;

import org.jspecify.annotations.NullMarked;
