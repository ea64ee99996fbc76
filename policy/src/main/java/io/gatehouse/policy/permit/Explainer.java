package io.gatehouse.policy.permit;

import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.decision.Obligation;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.permit.Explanation.Trace;
import io.gatehouse.policy.permit.facts.Facts;
import io.gatehouse.policy.permit.facts.Facts.Passing;
import io.gatehouse.policy.permit.rule.Effect;
import io.gatehouse.policy.permit.rule.Rule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts one decision into words. The obligations of all rules that permit come together: who may pass with an escort by one
 * rule and without by another is escorted. Used by one thread.
 */
final class Explainer {
    private final Evaluator evaluator;
    private final List<Rule> rules;
    private final Facts facts;

    /** The rules are those about the person, in the policy's order. */
    Explainer(Evaluator evaluator, List<Rule> rules, Facts facts) {
        this.evaluator = evaluator;
        this.rules = rules;
        this.facts = facts;
    }

    Explanation explanation(int verdict) {
        List<Trace> trace = new ArrayList<>();
        for (Rule rule : rules) {
            Set<Condition> unmet = evaluator.unmet(rule, facts);
            trace.add(new Trace(rule.id(), rule.effect(), Evaluator.applies(rule, unmet), unmet));
        }
        return new Explanation(verdict, decision(verdict), trace);
    }

    private Decision decision(int verdict) {
        if (verdict == Condition.UNKNOWN_PORTAL.bit()) {
            return Decision.Denied.because(
                    PermitTexts.reason(Condition.UNKNOWN_PORTAL.code(), ((Passing) facts.asked()).portal()));
        }
        List<Rule> forbidding = applying(Effect.FORBID);
        if (!forbidding.isEmpty()) {
            return new Decision.Denied(forbidding.stream()
                    .flatMap(rule -> forbidden(rule).stream())
                    .toList());
        }
        List<Rule> permitting = applying(Effect.PERMIT);
        if (!permitting.isEmpty()) {
            return new Decision.Granted(permitting.stream().map(Rule::id).toList(), obligations(permitting));
        }
        return new Decision.Denied(new NearestMiss(evaluator, rules, facts).reasons());
    }

    private List<Rule> applying(Effect effect) {
        return rules.stream()
                .filter(rule -> rule.effect() == effect)
                .filter(rule -> Evaluator.applies(rule, evaluator.unmet(rule, facts)))
                .toList();
    }

    /** A rule that forbids unless something holds says what; its own message comes first. */
    private List<Reason> forbidden(Rule rule) {
        List<Reason> reasons = new ArrayList<>();
        rule.message().ifPresent(text -> reasons.add(Reason.of(Condition.FORBIDDEN.code(), text)));
        if (rule.isConditional()) {
            Set<Condition> unmet = EnumSet.copyOf(evaluator.unmet(rule, facts));
            unmet.forEach(it -> reasons.add(
                    MissWords.of(it, List.of(rule), facts, evaluator.site().timeZone())));
        } else if (reasons.isEmpty()) {
            reasons.add(PermitTexts.reason(Condition.FORBIDDEN.code(), rule.id()));
        }
        return reasons;
    }

    private List<Obligation> obligations(List<Rule> permitting) {
        Set<Obligation> all = new LinkedHashSet<>();
        for (Rule rule : permitting) {
            all.addAll(rule.obligations());
            rule.message().ifPresent(text -> all.add(new Obligation("message", text)));
        }
        if (rules.stream().anyMatch(this::isMarked)) {
            all.add(new Obligation("mark", "They entered where they already were: mark it."));
        }
        return List.copyOf(all);
    }

    /** By a rule that permits now, or one that would forbid unless a limit is kept. */
    private boolean isMarked(Rule rule) {
        Set<Condition> unmet = evaluator.unmet(rule, facts);
        return unmet.isEmpty() && evaluator.isMarked(rule, facts);
    }
}
