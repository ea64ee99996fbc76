@NullMarked
package io.gatehouse.devices.sim;

import org.jspecify.annotations.NullMarked;
