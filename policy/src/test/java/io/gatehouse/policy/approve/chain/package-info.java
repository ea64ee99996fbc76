@NullMarked
package io.gatehouse.policy.approve.chain;

import org.jspecify.annotations.NullMarked;
