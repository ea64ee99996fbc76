/** Simulators of devices that misbehave on request, and a tap that shows the bytes on a link. */
@NullMarked
package io.gatehouse.devices.sim;

import org.jspecify.annotations.NullMarked;
