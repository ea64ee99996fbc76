/** A door, a lift and a fire panel that are not there, with hands that use them; they misbehave on request. */
@NullMarked
package io.gatehouse.devices.sim.building;

import org.jspecify.annotations.NullMarked;
