@NullMarked
package io.gatehouse.biometrics.evaluate.plot;

import org.jspecify.annotations.NullMarked;
