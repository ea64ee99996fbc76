/** Whose card is it: the register of cards, and the gate's identifier for card evidence. */
@NullMarked
package io.gatehouse.devices.card;

import org.jspecify.annotations.NullMarked;
