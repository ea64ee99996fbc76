@NullMarked
package io.gatehouse.policy.retain.change;

import org.jspecify.annotations.NullMarked;
