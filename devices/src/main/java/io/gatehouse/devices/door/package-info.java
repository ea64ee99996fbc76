/**
 * Doors: lock, leaf, bolt, exit button and the people who pass. Free egress is part of a door, and nothing takes it away;
 * the lock falls back by itself; and nobody is told that a door did what it did not say it did. In a real building the way
 * out and the fire release are also wired to the lock itself: this package is the second way, not the only one.
 */
@NullMarked
package io.gatehouse.devices.door;

import org.jspecify.annotations.NullMarked;
