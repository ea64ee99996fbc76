/** Finds the 68 points of a face, and how the head is held. */
@NullMarked
package io.gatehouse.biometrics.face.landmark;

import org.jspecify.annotations.NullMarked;
