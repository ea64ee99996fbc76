/** How good a face sample is, in the terms of ISO/IEC 29794-5, and what is asked of it. */
@NullMarked
package io.gatehouse.biometrics.face.quality;

import org.jspecify.annotations.NullMarked;
