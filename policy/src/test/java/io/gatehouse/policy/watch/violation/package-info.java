@NullMarked
package io.gatehouse.policy.watch.violation;

import org.jspecify.annotations.NullMarked;
