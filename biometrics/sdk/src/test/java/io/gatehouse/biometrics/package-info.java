/** What the tests share. */
@NullMarked
package io.gatehouse.biometrics;

import org.jspecify.annotations.NullMarked;
