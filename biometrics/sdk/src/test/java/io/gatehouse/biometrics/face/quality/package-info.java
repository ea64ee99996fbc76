@NullMarked
package io.gatehouse.biometrics.face.quality;

import org.jspecify.annotations.NullMarked;
