/** Relay boards of the LCUS kind: four bytes switch a relay, and nothing is ever answered. */
@NullMarked
package io.gatehouse.devices.lcus;

import org.jspecify.annotations.NullMarked;
