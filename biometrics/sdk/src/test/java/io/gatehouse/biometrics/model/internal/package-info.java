@NullMarked
package io.gatehouse.biometrics.model.internal;

import org.jspecify.annotations.NullMarked;
