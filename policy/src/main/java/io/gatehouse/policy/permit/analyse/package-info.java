/**
 * What a policy means as a whole, before it is put in force: {@link io.gatehouse.policy.permit.analyse.PolicyAnalysis} finds
 * rules that decide nothing. Conditions are sets and ranges, so that a rule is a box, and what others leave of it is found by
 * cutting boxes; no solver is needed.
 */
@NullMarked
package io.gatehouse.policy.permit.analyse;

import org.jspecify.annotations.NullMarked;
