/**
 * Rules and the decisions they make. A {@link io.gatehouse.policy.permit.PolicySet} of immutable
 * {@link io.gatehouse.policy.permit.Rule rules} is put in force in a {@link io.gatehouse.policy.permit.PermitDecider}.
 *
 * <p>One law holds everywhere: each condition that a rule states must hold, and within a condition any of its values
 * will do. A rule that forbids wins over all that permit; where nothing is said, the answer is a refusal.
 */
@NullMarked
package io.gatehouse.policy.permit;

import org.jspecify.annotations.NullMarked;
