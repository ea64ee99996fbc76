@NullMarked
package io.gatehouse.biometrics.gallery;

import org.jspecify.annotations.NullMarked;
