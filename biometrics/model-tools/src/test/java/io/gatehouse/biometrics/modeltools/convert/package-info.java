/** Tests. */
@NullMarked
package io.gatehouse.biometrics.modeltools.convert;

import org.jspecify.annotations.NullMarked;
