/** Template protection in the terms of ISO/IEC 24745: renewable references that cannot be linked without their key. */
@NullMarked
package io.gatehouse.biometrics.protect;

import org.jspecify.annotations.NullMarked;
