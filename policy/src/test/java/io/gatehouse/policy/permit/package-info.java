@NullMarked
package io.gatehouse.policy.permit;

import org.jspecify.annotations.NullMarked;
