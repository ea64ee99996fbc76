@NullMarked
package io.gatehouse.biometrics.face.landmark;

import org.jspecify.annotations.NullMarked;
