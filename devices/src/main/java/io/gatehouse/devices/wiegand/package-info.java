/** Wiegand card formats as data, and readers that send what was read as lines of text over a link. */
@NullMarked
package io.gatehouse.devices.wiegand;

import org.jspecify.annotations.NullMarked;
