package io.gatehouse.policy.permit.analyse;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.decision.Obligation;
import io.gatehouse.policy.permit.analyse.RuleFinding.Certainty;
import io.gatehouse.policy.permit.analyse.RuleFinding.Kind;
import io.gatehouse.policy.permit.rule.Effect;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Compares findings with what happens in every case that small random policies can tell apart. */
class PolicyAnalysisDifferentialTest {
    private static final int POLICIES = 80;

    @Test
    @DisplayName("ENT-4 findings agree with trying every person, way, hour and thing shown")
    void agreesWithTryingEverything() {
        long seed = System.nanoTime();
        System.out.println("agreesWithTryingEverything seed " + seed);
        Random random = new Random(seed);
        Map<String, Integer> met = new TreeMap<>();
        for (int i = 0; i < POLICIES; i++) {
            PolicySet policy = SmallWorld.policy(random);
            List<RuleFinding> findings = PolicyAnalysis.findings(SmallWorld.SITE, policy, SmallWorld.OPTIONS);
            Map<Rule, BitSet> decides = SmallWorld.decides(policy);
            for (Rule rule : policy.rules()) {
                String found = findings.stream()
                        .filter(it -> it.rule().equals(rule.id()) && it.kind() != Kind.CONTRADICTORY)
                        .map(it ->
                                it.certainty() == Certainty.SETTLED ? it.kind().name() : "unknown")
                        .findFirst()
                        .orElse("fine");
                String expected = found.equals("unknown") ? found : expected(rule, decides);
                assertThat(found).as("seed %d, %s in %s", seed, rule, policy).isEqualTo(expected);
                met.merge(found + " " + rule.effect(), 1, Integer::sum);
            }
        }
        System.out.println("findings met: " + met);
        assertThat(met.keySet()).as("seed %d", seed).contains("fine PERMIT", "fine FORBID", "NEVER_FIRES PERMIT");
        assertThat(met.keySet()).as("seed %d", seed).containsAnyOf("SHADOWED PERMIT", "REDUNDANT PERMIT");
        assertThat(met.getOrDefault("unknown PERMIT", 0) + met.getOrDefault("unknown FORBID", 0))
                .as("unknown, seed %d", seed)
                .isLessThan(met.values().stream().mapToInt(it -> it).sum() / 4);
    }

    private static String expected(Rule rule, Map<Rule, BitSet> decides) {
        BitSet own = decides.getOrDefault(rule, new BitSet());
        if (own.isEmpty()) {
            return "NEVER_FIRES";
        }
        BitSet left = (BitSet) own.clone();
        left.andNot(others(rule, decides, Effect.FORBID, Optional.empty()));
        if (rule.effect() == Effect.FORBID) {
            return left.isEmpty() ? "REDUNDANT" : "fine";
        }
        return left.isEmpty() ? "SHADOWED" : isAdded(rule, decides, left) ? "REDUNDANT" : "fine";
    }

    /** Whether others grant it all, and add each obligation. */
    private static boolean isAdded(Rule rule, Map<Rule, BitSet> decides, BitSet left) {
        BitSet ungranted = (BitSet) left.clone();
        ungranted.andNot(others(rule, decides, Effect.PERMIT, Optional.empty()));
        boolean added = ungranted.isEmpty();
        for (Obligation obligation : rule.obligations()) {
            BitSet lacking = (BitSet) left.clone();
            lacking.andNot(others(rule, decides, Effect.PERMIT, Optional.of(obligation)));
            added &= lacking.isEmpty();
        }
        return added;
    }

    private static BitSet others(Rule rule, Map<Rule, BitSet> decides, Effect effect, Optional<Obligation> adding) {
        BitSet all = new BitSet();
        decides.forEach((other, cases) -> {
            if (!other.id().equals(rule.id())
                    && other.effect() == effect
                    && adding.filter(it -> !other.obligations().contains(it)).isEmpty()) {
                all.or(cases);
            }
        });
        return all;
    }
}
