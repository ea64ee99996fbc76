/**
 * Approval chains as documents: who has to decide about a request, one after the other or side by side, on what conditions, by
 * when, and who does so if nobody can. A chain knows nobody by name unless it says so: an {@link
 * io.gatehouse.policy.approve.chain.Organisation} tells who somebody's superior or a department's head is on the day.
 */
@NullMarked
package io.gatehouse.policy.approve.chain;

import org.jspecify.annotations.NullMarked;
