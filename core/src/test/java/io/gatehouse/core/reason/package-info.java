@NullMarked
package io.gatehouse.core.reason;

import org.jspecify.annotations.NullMarked;
