@NullMarked
package io.gatehouse.policy.watch;

import org.jspecify.annotations.NullMarked;
