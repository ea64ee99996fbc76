package io.gatehouse.policy.permit;

import io.gatehouse.core.decision.Decision;
import io.gatehouse.policy.permit.rule.Effect;
import java.util.List;
import java.util.Set;

/**
 * A decision in words, and how each rule that is about the person stood. Immutable and thread-safe.
 *
 * @param verdict  what {@link CompiledPolicy#decide} said of the same facts
 * @param decision the decision, with reasons for the person; {@link PermitTexts} says them in other languages
 * @param trace    the rules that are about the person, in the order of the policy, for the operator
 */
public record Explanation(int verdict, Decision decision, List<Trace> trace) {
    public Explanation {
        trace = List.copyOf(trace);
    }

    /**
     * One rule.
     *
     * @param rule    its id
     * @param effect  what it does
     * @param applies whether it decided
     * @param unmet   its conditions that do not hold; for a rule that forbids unless something holds, that too
     */
    public record Trace(String rule, Effect effect, boolean applies, Set<Condition> unmet) {
        public Trace {
            unmet = Set.copyOf(unmet);
        }
    }
}
