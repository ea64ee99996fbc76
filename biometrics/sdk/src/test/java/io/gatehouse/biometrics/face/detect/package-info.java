@NullMarked
package io.gatehouse.biometrics.face.detect;

import org.jspecify.annotations.NullMarked;
