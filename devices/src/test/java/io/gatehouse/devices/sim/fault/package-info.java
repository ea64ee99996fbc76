@NullMarked
package io.gatehouse.devices.sim.fault;

import org.jspecify.annotations.NullMarked;
