/** Passes that count once: reserved before the door opens, confirmed when it did, given back when it did not. */
@NullMarked
package io.gatehouse.codes.redeem;

import org.jspecify.annotations.NullMarked;
