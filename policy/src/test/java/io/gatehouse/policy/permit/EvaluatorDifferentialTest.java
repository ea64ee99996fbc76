package io.gatehouse.policy.permit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.decision.AccessRequest;
import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.decision.Obligation;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.permit.rule.PolicySet;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Compares decisions with a second reading of the rules' meaning, written with nothing of the first. */
class EvaluatorDifferentialTest {
    private static final int CASES = 30_000;
    private static final int REQUESTS_A_POLICY = 20;
    private static final Set<String> CLOSED = Set.of("permit.closed-now", "permit.ended", "permit.never");

    @Test
    @DisplayName("ENT-4 decisions agree with an independent naive evaluator on random policies")
    void agreesWithNaiveEvaluator() {
        long seed = System.nanoTime();
        System.out.println("agreesWithNaiveEvaluator seed " + seed);
        Random random = new Random(seed);
        Map<String, Integer> answers = new TreeMap<>();
        for (int i = 0; i < CASES / REQUESTS_A_POLICY; i++) {
            ZoneId zone = RandomPolicies.ZONES.get(random.nextInt(RandomPolicies.ZONES.size()));
            Site site = Campus.site(zone);
            PolicySet policy = RandomPolicies.policy(random);
            PermitDecider decider = PermitDecider.create(site, Campus.DIRECTORY, policy);
            for (int j = 0; j < REQUESTS_A_POLICY; j++) {
                AccessRequest request = RandomPolicies.request(random, zone);
                String expected = NaiveEvaluator.answer(site, policy, request);
                assertThat(words(decider.decide(request)))
                        .as("seed %d, %s, %s", seed, policy, request)
                        .isEqualTo(expected);
                answers.merge(expected.startsWith("granted") ? "granted" : expected, 1, Integer::sum);
            }
        }
        System.out.println("answers met: " + answers);
        assertThat(answers.keySet())
                .as("kinds of answers met, seed %d", seed)
                .contains(
                        "granted",
                        "permit.no-rule",
                        "permit.outside-hours",
                        "permit.wrong-direction",
                        "permit.wrong-method",
                        "permit.wrong-method permit.outside-hours",
                        "permit.wrong-zone",
                        "permit.unknown-person");
    }

    private static String words(Decision decision) {
        return decision.fold(
                granted -> "granted " + granted.rules() + " " + texts(granted.obligations()),
                denied -> String.join(
                        " ",
                        denied.reasons().stream()
                                .map(Reason::code)
                                .map(code -> CLOSED.contains(code) ? "permit.outside-hours" : code)
                                .toList()));
    }

    private static Set<String> texts(List<Obligation> obligations) {
        Set<String> texts = new HashSet<>();
        obligations.forEach(it -> texts.add(it.text()));
        assertThat(obligations).hasSameSizeAs(texts);
        return texts;
    }
}
