/** Pictures of QR codes made hard to read, from a seed: the working set of the reader. */
@NullMarked
package io.gatehouse.codes.symbol.hard;

import org.jspecify.annotations.NullMarked;
