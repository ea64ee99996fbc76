/** Tests. */
@NullMarked
package io.gatehouse.biometrics.modeltools.fetch;

import org.jspecify.annotations.NullMarked;
