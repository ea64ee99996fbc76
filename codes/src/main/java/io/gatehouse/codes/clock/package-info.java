/** Whether a gate's clock can be believed: codes that are good for some time only are worth nothing where it cannot. */
@NullMarked
package io.gatehouse.codes.clock;

import org.jspecify.annotations.NullMarked;
