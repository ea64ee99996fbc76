package io.gatehouse.policy.permit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.permit.Explanation.Trace;
import io.gatehouse.policy.permit.facts.Facts;
import io.gatehouse.policy.permit.facts.Names;
import io.gatehouse.policy.permit.rule.Effect;
import io.gatehouse.policy.permit.rule.PolicySet;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The compiled form against the plain one. */
class CompiledPolicyTest {
    private static final int FACTS_A_POLICY = 250;

    @Test
    @DisplayName("ENT-4 the compiled rules decide as the plain ones do, in random cases")
    void decidesAsThePlainEvaluatorDoes() {
        compare(100_000);
    }

    @Test
    @Tag("long")
    @DisplayName("ENT-4 the compiled rules decide as the plain ones do, in two million random cases")
    void decidesAsThePlainEvaluatorDoesInMillionsOfCases() {
        compare(2_000_000);
    }

    private static void compare(int cases) {
        long seed = System.nanoTime();
        System.out.println("decidesAsThePlainEvaluatorDoes seed " + seed);
        Random random = new Random(seed);
        Map<Condition, Integer> met = new TreeMap<>();
        int granted = 0;
        for (int i = 0; i < cases / FACTS_A_POLICY; i++) {
            ZoneId zone = RandomPolicies.pick(random, RandomPolicies.ZONES);
            Site site = Campus.site(zone);
            PolicySet policy = RandomRules.policy(random, zone);
            String alert = random.nextInt(4) == 0 ? "red" : PolicySet.NORMAL;
            CompiledPolicy compiled = CompiledPolicy.compile(site, policy, Names.create(), alert);
            Evaluator plain = new Evaluator(site, policy.groups());
            for (int j = 0; j < FACTS_A_POLICY; j++) {
                Facts facts = RandomRules.facts(random, RandomRules.subject(random, compiled.names()), zone);
                int verdict = compiled.decide(facts);
                int expected = plain.verdict(policy.rulesAt(alert), facts);
                if (verdict != expected) {
                    assertThat(Condition.of(verdict))
                            .as("seed %d, %s, %s", seed, policy, facts)
                            .isEqualTo(Condition.of(expected));
                }
                granted += verdict == 0 ? 1 : 0;
                Condition.of(verdict).forEach(it -> met.merge(it, 1, Integer::sum));
            }
        }
        System.out.println("granted " + granted + ", refused for " + met);
        assertThat(granted).isPositive();
        Set<Condition> all = new TreeSet<>(Set.of(Condition.values()));
        all.removeAll(Set.of(Condition.WHO, Condition.PLACE, Condition.DIRECTION));
        assertThat(met.keySet()).as("conditions met, seed %d", seed).isEqualTo(all);
    }

    @Test
    void explainsWhatItDecides() {
        long seed = System.nanoTime();
        System.out.println("explainsWhatItDecides seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            ZoneId zone = RandomPolicies.pick(random, RandomPolicies.ZONES);
            Site site = Campus.site(zone);
            PolicySet policy = RandomRules.policy(random, zone);
            CompiledPolicy compiled = CompiledPolicy.compile(site, policy, Names.create());
            Facts facts = RandomRules.facts(random, RandomRules.subject(random, compiled.names()), zone);
            Explanation explained = compiled.explain(facts);
            Supplier<String> what = () -> "seed " + seed + ", " + policy + ", " + facts;
            assertThat(explained.verdict()).as(what).isEqualTo(compiled.decide(facts));
            assertThat(explained.decision().isGranted()).as(what).isEqualTo(explained.verdict() == 0);
            List<String> permitting = explained.trace().stream()
                    .filter(trace -> trace.effect() == Effect.PERMIT && trace.applies())
                    .map(Trace::rule)
                    .toList();
            if (explained.decision() instanceof Decision.Granted it) {
                assertThat(it.rules()).as(what).isEqualTo(permitting);
            }
            if (explained.decision() instanceof Decision.Denied denied) {
                for (Reason reason : denied.reasons()) {
                    assertThat(PermitTexts.standard().text(reason, Locale.CHINESE))
                            .as(what)
                            .isNotEqualTo(reason.text())
                            .isNotBlank();
                }
            }
        }
    }

    @Test
    void decidesWithoutAllocating() {
        Random random = new Random(1);
        ZoneId zone = Campus.BERLIN;
        PolicySet policy = RandomRules.policy(random, zone);
        while (policy.rules().size() < 10) {
            policy = RandomRules.policy(random, zone);
        }
        CompiledPolicy compiled = CompiledPolicy.compile(Campus.site(zone), policy, Names.create());
        List<Facts> cases = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            cases.add(RandomRules.facts(random, RandomRules.subject(random, compiled.names()), zone));
        }
        Facts[] facts = cases.toArray(Facts[]::new);
        AllocationMeter meter = AllocationMeter.ofThisThread();
        long sum = 0;
        long least = Long.MAX_VALUE;
        long leastForNothing = Long.MAX_VALUE;
        // Once warm, every round is the same; what the first rounds load and initialise is theirs.
        for (int round = 0; round < 500; round++) {
            long before = meter.bytes();
            for (Facts one : facts) {
                sum += compiled.decide(one);
            }
            long after = meter.bytes();
            least = Math.min(least, after - before);
            leastForNothing = Math.min(leastForNothing, meter.bytes() - after);
        }
        assertThat(sum).isPositive();
        assertThat(least - leastForNothing)
                .as("bytes allocated by 1,000 decisions")
                .isZero();
    }

    @Test
    void refusesSubjectsNumberedByOtherNames() {
        CompiledPolicy compiled = CompiledPolicy.compile(Campus.SITE, PolicySet.of(1), Names.create());
        Random random = new Random(2);
        Facts facts = RandomRules.facts(random, RandomRules.subject(random, Names.create()), Campus.BERLIN);
        assertThatThrownBy(() -> compiled.decide(facts)).hasMessageContaining("other names");
    }
}
