/** Faults of a line on request: any link, with bytes lost, doubled, torn, stuck together, damaged or late, or pulled out. */
@NullMarked
package io.gatehouse.devices.sim.fault;

import org.jspecify.annotations.NullMarked;
