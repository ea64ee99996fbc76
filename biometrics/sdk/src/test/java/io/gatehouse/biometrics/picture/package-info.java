@NullMarked
package io.gatehouse.biometrics.picture;

import org.jspecify.annotations.NullMarked;
