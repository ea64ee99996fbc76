@NullMarked
package io.gatehouse.biometrics.face.message;

import org.jspecify.annotations.NullMarked;
