/** Pictures from outside: decoded within bounds, held in native memory, cropped and warped. Everything native is freed. */
@NullMarked
package io.gatehouse.biometrics.picture;

import org.jspecify.annotations.NullMarked;
