package io.gatehouse.policy.permit;

import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.decision.Obligation;
import io.gatehouse.core.reason.Reason;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks one rule after the other. It is the plain meaning of a policy, which anything faster has to agree with. The
 * obligations of all rules that permit come together: who may pass with an escort by one rule and without by another
 * is escorted.
 */
final class Evaluator {
    private Evaluator() {}

    static Decision decide(PolicySet policy, Question question) {
        List<Rule> forbidding = applying(policy, Effect.FORBID, question);
        if (!forbidding.isEmpty()) {
            return new Decision.Denied(
                    forbidding.stream().map(Evaluator::forbidden).toList());
        }
        List<Rule> permitting = applying(policy, Effect.PERMIT, question);
        if (!permitting.isEmpty()) {
            return new Decision.Granted(permitting.stream().map(Rule::id).toList(), obligations(permitting));
        }
        return new Decision.Denied(new NearestMiss(policy, question).reasons());
    }

    static List<Rule> applying(PolicySet policy, Effect effect, Question question) {
        return policy.rules().stream()
                .filter(rule -> rule.effect() == effect)
                .filter(rule -> question.unmet(rule).isEmpty())
                .toList();
    }

    private static Reason forbidden(Rule rule) {
        return Reason.of(
                "permit.forbidden", rule.message().orElseGet(() -> "This is forbidden by rule " + rule.id() + "."));
    }

    private static List<Obligation> obligations(List<Rule> permitting) {
        Set<Obligation> all = new LinkedHashSet<>();
        for (Rule rule : permitting) {
            all.addAll(rule.obligations());
            rule.message().ifPresent(text -> all.add(new Obligation("message", text)));
        }
        return List.copyOf(all);
    }
}
