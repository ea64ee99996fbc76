/** Finds faces in a picture. */
@NullMarked
package io.gatehouse.biometrics.face.detect;

import org.jspecify.annotations.NullMarked;
