/** Relay boards that do more than switch: such as keep the time of a pulse. */
@NullMarked
package io.gatehouse.devices.relay;

import org.jspecify.annotations.NullMarked;
