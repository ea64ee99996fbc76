/**
 * What a decision depends on beside the rules: whom it is about, what was shown, how they stand, who is where. Facts are an
 * input; whoever decides looks nothing up.
 */
@NullMarked
package io.gatehouse.policy.permit.facts;

import org.jspecify.annotations.NullMarked;
