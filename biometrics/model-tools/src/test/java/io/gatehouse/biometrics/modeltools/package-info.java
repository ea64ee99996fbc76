/** Tests. */
@NullMarked
package io.gatehouse.biometrics.modeltools;

import org.jspecify.annotations.NullMarked;
