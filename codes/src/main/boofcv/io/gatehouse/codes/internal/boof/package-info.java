/** The second decoder, on BoofCV. Compiled apart from the module, since BoofCV's jars share packages. */
@NullMarked
package io.gatehouse.codes.internal.boof;

import org.jspecify.annotations.NullMarked;
