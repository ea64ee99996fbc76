package io.gatehouse.policy.permit.analyse;

import java.util.List;
import java.util.Objects;

/**
 * What is the matter with one rule. Immutable and thread-safe.
 *
 * @param rule      the rule's id
 * @param kind      what it is, or may be
 * @param certainty whether that is so; {@link Certainty#UNKNOWN} asks somebody to look
 * @param by        ids of the rules that make it so; for what is unknown, all that may
 * @param why       in a sentence
 */
public record RuleFinding(String rule, Kind kind, Certainty certainty, List<String> by, String why) {
    /** What may be the matter. */
    public enum Kind {
        /** It can apply to nobody, nowhere or at no time. */
        NEVER_FIRES,
        /** It permits, and wherever it could, others forbid. */
        SHADOWED,
        /** Without it, each decision would be the same: others grant it with the same obligations, or forbid it. */
        REDUNDANT,
        /** It permits the very same set that another rule forbids whatever else holds. */
        CONTRADICTORY
    }

    /** Whether it is so. */
    public enum Certainty {
        SETTLED,
        /** Neither found nor ruled out. */
        UNKNOWN
    }

    public RuleFinding {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(certainty, "certainty");
        by = List.copyOf(by);
        if (why.isBlank()) {
            throw new IllegalArgumentException("a finding on rule " + rule + " says why");
        }
    }
}
