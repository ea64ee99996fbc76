/**
 * Codes that change with time, so that a copy of one is worth nothing soon after. Two kinds: a
 * {@link io.gatehouse.codes.rolling.RollingPass} has a secret that is shared with the gates of a site, is small, and asks
 * nothing of a phone but a clock; a {@link io.gatehouse.codes.rolling.HolderPass} is signed by a key that only the phone
 * has, so that no gate can forge it. What both are, byte by byte, how long a copy lives and what a stolen gate could do
 * is in {@code ROLLING-FORMAT.md}.
 */
@NullMarked
package io.gatehouse.codes.rolling;

import org.jspecify.annotations.NullMarked;
