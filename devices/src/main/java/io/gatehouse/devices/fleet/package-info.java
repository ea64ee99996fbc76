/**
 * The life of devices: bought, installed, tested, in service, faulty, repaired or replaced, scrapped; who did each step and
 * when; whether they are heard of; and when they are due for maintenance.
 */
@NullMarked
package io.gatehouse.devices.fleet;

import org.jspecify.annotations.NullMarked;
