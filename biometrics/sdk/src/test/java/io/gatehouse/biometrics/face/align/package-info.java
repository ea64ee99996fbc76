@NullMarked
package io.gatehouse.biometrics.face.align;

import org.jspecify.annotations.NullMarked;
