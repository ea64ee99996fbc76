package io.gatehouse.biometrics.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LicencePolicyTest {
    private static final LicencePolicy PERMISSIVE = LicencePolicy.permissive();

    @Test
    void takesWhatAsksForNoMoreThanToBeNamed() {
        for (String expression : List.of(
                "MIT",
                " MIT ",
                "CC0-1.0 AND MIT",
                "GPL-3.0-only OR Apache-2.0",
                "(MIT OR GPL-3.0-only) AND BSD-3-Clause",
                "Apache-2.0 WITH LLVM-exception")) {
            assertThat(PERMISSIVE.isAllowed(expression)).as(expression).isTrue();
        }
    }

    @Test
    void refusesTheRestAndWhatIsNoExpression() {
        for (String expression : List.of(
                "GPL-3.0-only",
                "MIT AND GPL-3.0-only",
                "MIT OR GPL-3.0-only AND",
                "NOASSERTION",
                "NONE",
                "LicenseRef-InsightFace-non-commercial",
                "",
                "MIT MIT",
                "(MIT",
                "MIT)",
                "AND",
                "MIT, see below",
                "MIT WITH",
                "MIT/Apache-2.0")) {
            assertThat(PERMISSIVE.isAllowed(expression)).as(expression).isFalse();
        }
    }

    @Test
    void bindsAndBeforeOr() {
        // MIT OR (GPL AND GPL): the first side is enough.
        assertThat(PERMISSIVE.isAllowed("MIT OR GPL-3.0-only AND GPL-2.0-only")).isTrue();
        assertThat(PERMISSIVE.isAllowed("(MIT OR GPL-3.0-only) AND GPL-2.0-only"))
                .isFalse();
    }

    @Test
    void takesAnAcceptedExpressionLiterally() {
        String contract = "LicenseRef-our-contract";
        assertThat(PERMISSIVE.refusal(file(contract, "B"))).isPresent();
        LicencePolicy policy = PERMISSIVE.acceptLicence(contract);
        assertThat(policy.refusal(file(contract, "B"))).isEmpty();
        assertThat(policy.refusal(file(contract + " AND MIT", "B"))).isPresent();
        assertThat(PERMISSIVE.refusal(file(contract, "B")))
                .as("the policy that was asked is as it was")
                .isPresent();
    }

    @Test
    void refusesGradeCWhateverItsLicenceSays() {
        assertThat(PERMISSIVE.refusal(file("MIT", "C")))
                .hasValueSatisfying(why -> assertThat(why).contains("grade C"));
        assertThat(PERMISSIVE.acceptLicence("MIT").refusal(file("MIT", "C"))).isEmpty();
        assertThat(LicencePolicy.insecureAcceptAnything().refusal(file("NONE", "C")))
                .isEmpty();
    }

    @Test
    void keepsToAListOfOnesOwn() {
        LicencePolicy policy = LicencePolicy.of("Apache-2.0");
        assertThat(policy.refusal(file("Apache-2.0", "A"))).isEmpty();
        assertThat(policy.refusal(file("MIT", "A"))).isPresent();
    }

    @Test
    void readsAnyTokensWithoutAnError() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<String> tokens = List.of("MIT", "GPL-3.0-only", "AND", "OR", "WITH", "(", ")", "+", "é", "");
        for (int i = 0; i < 20_000; i++) {
            StringBuilder expression = new StringBuilder();
            for (int j = random.nextInt(12); j > 0; j--) {
                expression.append(tokens.get(random.nextInt(tokens.size()))).append(' ');
            }
            boolean allowed = PERMISSIVE.isAllowed(expression.toString());
            if (allowed) {
                assertThat(expression.toString()).contains("MIT").doesNotContain("é");
            }
        }
        assertThat(PERMISSIVE.isAllowed("(".repeat(511))).isFalse();
    }

    private static ModelFile file(String licence, String grade) {
        return new ModelFile("a.onnx", "0".repeat(64), licence, List.of(), "test", grade);
    }
}
