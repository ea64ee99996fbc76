package io.gatehouse.policy.watch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of a watch. Immutable and thread-safe.
 *
 * @param version counts up with each change
 * @param rules   at most 1,000, each with an id of its own
 */
public record WatchRules(long version, List<WatchRule> rules) {
    private static final int MAX_RULES = 1_000;

    public WatchRules {
        rules = List.copyOf(rules);
        if (version < 1) {
            throw new IllegalArgumentException("versions of rules begin with 1, this one is " + version);
        }
        if (rules.size() > MAX_RULES) {
            throw new IllegalArgumentException("a watch has at most " + MAX_RULES + " rules, not " + rules.size());
        }
        Set<String> ids = new HashSet<>();
        for (WatchRule rule : rules) {
            if (!ids.add(rule.id())) {
                throw new IllegalArgumentException("rule " + rule.id() + " occurs twice");
            }
        }
    }

    public static WatchRules of(long version, WatchRule... rules) {
        return new WatchRules(version, List.of(rules));
    }
}
