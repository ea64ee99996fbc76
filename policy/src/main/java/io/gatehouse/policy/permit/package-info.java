/**
 * Decisions by rules. A {@link io.gatehouse.policy.permit.rule.PolicySet} is compiled into a
 * {@link io.gatehouse.policy.permit.CompiledPolicy}, which answers in bits without allocating and explains afterwards in words;
 * {@link io.gatehouse.policy.permit.PermitDecider} holds the one in force for a gate.
 *
 * <p>{@code rule} is what rules say, {@code facts} what a decision depends on beside them.
 */
@NullMarked
package io.gatehouse.policy.permit;

import org.jspecify.annotations.NullMarked;
