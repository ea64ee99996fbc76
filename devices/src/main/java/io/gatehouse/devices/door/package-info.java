/** Doors that a relay locks: timed unlocking, release, and the honest answer when nobody knows what the lock did. */
@NullMarked
package io.gatehouse.devices.door;

import org.jspecify.annotations.NullMarked;
