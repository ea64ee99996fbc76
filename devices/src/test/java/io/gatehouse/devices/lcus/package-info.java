@NullMarked
package io.gatehouse.devices.lcus;

import org.jspecify.annotations.NullMarked;
