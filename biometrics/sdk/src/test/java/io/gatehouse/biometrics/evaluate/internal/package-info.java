@NullMarked
package io.gatehouse.biometrics.evaluate.internal;

import org.jspecify.annotations.NullMarked;
