@NullMarked
package io.gatehouse.policy.retain;

import org.jspecify.annotations.NullMarked;
