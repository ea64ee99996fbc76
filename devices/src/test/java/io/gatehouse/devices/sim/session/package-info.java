@NullMarked
package io.gatehouse.devices.sim.session;

import org.jspecify.annotations.NullMarked;
