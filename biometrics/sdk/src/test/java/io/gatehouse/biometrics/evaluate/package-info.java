@NullMarked
package io.gatehouse.biometrics.evaluate;

import org.jspecify.annotations.NullMarked;
