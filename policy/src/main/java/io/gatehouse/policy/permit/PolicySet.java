package io.gatehouse.policy.permit;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All rules of a site at one version. Immutable and thread-safe. Refused with an {@link IllegalArgumentException}: a
 * rule id that occurs twice.
 *
 * @param version counts up from 1; going back to older rules is a new version
 * @param rules   in the order that decisions name them; none means that nobody may pass
 */
public record PolicySet(long version, List<Rule> rules) {
    public PolicySet {
        rules = List.copyOf(rules);
        if (version < 1) {
            throw new IllegalArgumentException("a policy's version is at least 1, this one is " + version);
        }
        Set<String> ids = new HashSet<>();
        for (Rule rule : rules) {
            if (!ids.add(rule.id())) {
                throw new IllegalArgumentException("policy version " + version + " has two rules " + rule.id());
            }
        }
    }

    public static PolicySet of(long version, Rule... rules) {
        return new PolicySet(version, List.of(rules));
    }
}
