@NullMarked
package io.gatehouse.biometrics.face.embed;

import org.jspecify.annotations.NullMarked;
