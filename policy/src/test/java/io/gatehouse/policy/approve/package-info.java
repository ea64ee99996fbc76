@NullMarked
package io.gatehouse.policy.approve;

import org.jspecify.annotations.NullMarked;
