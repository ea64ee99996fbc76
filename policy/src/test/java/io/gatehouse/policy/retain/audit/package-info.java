@NullMarked
package io.gatehouse.policy.retain.audit;

import org.jspecify.annotations.NullMarked;
