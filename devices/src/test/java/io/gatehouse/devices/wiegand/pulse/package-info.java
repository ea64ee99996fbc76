@NullMarked
package io.gatehouse.devices.wiegand.pulse;

import org.jspecify.annotations.NullMarked;
