@NullMarked
package io.gatehouse.biometrics.fusion;

import org.jspecify.annotations.NullMarked;
