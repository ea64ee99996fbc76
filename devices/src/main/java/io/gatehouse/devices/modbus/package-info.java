/** Modbus RTU on a link: frames, their codec, a master that asks one thing at a time, and relay boards. */
@NullMarked
package io.gatehouse.devices.modbus;

import org.jspecify.annotations.NullMarked;
