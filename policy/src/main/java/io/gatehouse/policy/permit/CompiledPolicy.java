package io.gatehouse.policy.permit;

import io.gatehouse.core.place.Site;
import io.gatehouse.policy.permit.facts.Facts;
import io.gatehouse.policy.permit.facts.Names;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A policy at one level of alert, compiled for a site: a pure function of facts. Immutable and thread-safe.
 *
 * <p>Rules lie in a table by place and group, so that a decision costs as many look-ups as a person has groups, however many
 * rules there are; schedules are bits of a week. {@link #decide} allocates nothing; {@link #explain} asks the rules one by one,
 * by their plain meaning, and so says the same in words.
 */
public final class CompiledPolicy {
    private final PolicySet policy;
    private final String alert;
    private final Names names;
    private final List<Rule> rules;
    private final Evaluator evaluator;
    private final Tables tables;

    private CompiledPolicy(Site site, PolicySet policy, Names names, String alert) {
        this.policy = policy;
        this.alert = Objects.requireNonNull(alert, "alert");
        this.names = Objects.requireNonNull(names, "names");
        policy.requireKnown(site);
        if (!alert.equals(PolicySet.NORMAL) && !policy.alerts().contains(alert)) {
            throw new IllegalArgumentException("policy version " + policy.version() + " has no level of alert '" + alert
                    + "', only " + policy.alerts() + " and " + PolicySet.NORMAL);
        }
        this.rules = policy.rulesAt(alert);
        this.evaluator = new Evaluator(site, policy.groups());
        this.tables = new Compiler(site, policy, rules, names).compile(rules);
    }

    /**
     * Compiles what is in force on ordinary days.
     *
     * @param names the numbers that the people's groups have
     * @throws IllegalArgumentException if a rule names a zone or portal that the site does not have
     */
    public static CompiledPolicy compile(Site site, PolicySet policy, Names names) {
        return new CompiledPolicy(site, policy, names, PolicySet.NORMAL);
    }

    /** As {@link #compile(Site, PolicySet, Names)}, at a level of alert. */
    public static CompiledPolicy compile(Site site, PolicySet policy, Names names, String alert) {
        return new CompiledPolicy(site, policy, names, alert);
    }

    /**
     * Whether this is permitted.
     *
     * @return 0 if it is; otherwise the bits of {@link Condition} of why it is not, at the rules that came nearest
     * @throws IllegalArgumentException if the subject was numbered by other names
     */
    public int decide(Facts facts) {
        if (!facts.subject().isNumberedBy(names)) {
            throw new IllegalArgumentException("the subject's groups were numbered by other names than the policy's");
        }
        return tables.verdict(facts);
    }

    /** The decision in words: which rules grant it with which obligations, or why it is refused and what came nearest. */
    public Explanation explain(Facts facts) {
        List<Rule> theirs = tables.about(facts.subject()).stream()
                .mapToObj(rules::get)
                .filter(rule -> evaluator.isAbout(rule, facts.subject().person()))
                .collect(Collectors.toList());
        return new Explainer(evaluator, theirs, facts).explanation(decide(facts));
    }

    public PolicySet policy() {
        return policy;
    }

    public String alert() {
        return alert;
    }

    public Names names() {
        return names;
    }

    public Site site() {
        return evaluator.site();
    }

    @Override
    public String toString() {
        return "CompiledPolicy[version " + policy.version() + ", " + alert + ", " + rules.size() + " rules]";
    }
}
