@NullMarked
package io.gatehouse.devices.scan;

import org.jspecify.annotations.NullMarked;
