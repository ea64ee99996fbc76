@NullMarked
package io.gatehouse.biometrics.face;

import org.jspecify.annotations.NullMarked;
