/**
 * What rules say, and nothing of how they are weighed: a {@link io.gatehouse.policy.permit.rule.PolicySet} of immutable
 * {@link io.gatehouse.policy.permit.rule.Rule rules}, made with {@link io.gatehouse.policy.permit.rule.RuleBuilder} or read
 * from documents.
 *
 * <p>One law holds everywhere: each condition that a rule states must hold, and within a condition any of its values
 * will do. A rule that forbids wins over all that permit; where nothing is said, the answer is a refusal. A rule that forbids
 * <em>unless</em> something holds for everybody whom others permit: so an area asks for protective equipment once, and not in
 * each rule that lets somebody in.
 */
@NullMarked
package io.gatehouse.policy.permit.rule;

import org.jspecify.annotations.NullMarked;
