@NullMarked
package io.gatehouse.biometrics.face.track;

import org.jspecify.annotations.NullMarked;
