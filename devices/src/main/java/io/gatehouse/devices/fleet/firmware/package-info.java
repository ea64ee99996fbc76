/**
 * New firmware for devices: only what a trusted key signed, for this kind of device, newer than what runs; and back to
 * what ran before if it does not run.
 */
@NullMarked
package io.gatehouse.devices.fleet.firmware;

import org.jspecify.annotations.NullMarked;
