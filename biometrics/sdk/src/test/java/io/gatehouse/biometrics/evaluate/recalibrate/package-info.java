@NullMarked
package io.gatehouse.biometrics.evaluate.recalibrate;

import org.jspecify.annotations.NullMarked;
