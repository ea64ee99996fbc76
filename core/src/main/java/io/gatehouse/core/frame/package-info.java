/** Pictures: an immutable frame with capture time and source, and bounded decoding of picture files. */
@NullMarked
package io.gatehouse.core.frame;

import org.jspecify.annotations.NullMarked;
