@NullMarked
package io.gatehouse.biometrics.protect;

import org.jspecify.annotations.NullMarked;
