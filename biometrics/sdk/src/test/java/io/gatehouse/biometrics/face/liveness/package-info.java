@NullMarked
package io.gatehouse.biometrics.face.liveness;

import org.jspecify.annotations.NullMarked;
