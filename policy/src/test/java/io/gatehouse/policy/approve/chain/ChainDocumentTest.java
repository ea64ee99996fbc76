package io.gatehouse.policy.approve.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.policy.document.DocumentException;
import io.gatehouse.policy.document.DocumentSource;
import io.gatehouse.policy.internal.document.SchemaCheck;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChainDocumentTest {
    private static final String CHAIN = """
            chain: c
            version: 1
            title: A chain
            form: {type: object, properties: {days: {type: number}}}
            fallback: [{role: management}]
            steps:
              - %s
            """;

    static List<String> templates() {
        return ChainDocument.templates();
    }

    @ParameterizedTest
    @MethodSource("templates")
    @DisplayName(
            "ATT-8 ATT-21 ATT-22 ATT-23 ENT-9 ENT-11 ENT-16 ENT-17 ENT-18 ENT-19 ENT-24 CAM-4 CAM-5 CAM-6 template:")
    void templateIsReadAndHoldsAgainstTheSchema(String name) throws IOException {
        assertThat(SchemaCheck.of(ChainDocument.schema()).problems(ChainDocument.template(name)))
                .isEmpty();
        assertThat(ChainDocument.read(ChainDocument.template(name)).id()).isEqualTo(name);
    }

    @Test
    void readsWhatIsWritten() throws IOException {
        Chain chain = read("""
                {id: both, approve: [superior, {head-of: hr}], need: {some: 2}, when: [{field: days, above: 2.5}],
                     deadline: {working-days: 3, escalate-to: [own-head]}}""");
        ChainStep step = chain.step("both").orElseThrow();
        assertThat(step.by()).containsExactly(new Approvers.Superior(), new Approvers.HeadOf("hr"));
        assertThat(step.need()).isEqualTo(Need.some(2));
        assertThat(step.when())
                .containsExactly(
                        new Condition(java.util.Optional.empty(), "days", Condition.Test.ABOVE, List.of("2.5")));
        assertThat(step.deadline()).contains(Deadline.ofWorkingDays(3, new Approvers.OwnHead()));
        assertThat(chain.form()).isEqualTo("{\"type\":\"object\",\"properties\":{\"days\":{\"type\":\"number\"}}}");
    }

    @Test
    void saysWhereItIsWrong() {
        assertRefused("{id: a, approve: [boss]}", "c.yaml:7", "steps[0]", "superior, own-head");
        assertRefused("{id: a}", "either whom to ask");
        assertRefused("{id: a, approve: [requester]}", "the requester is not asked");
        assertRefused("{id: a, record: [superior]}", "it has a form");
        assertRefused("{id: a, approve: [superior], when: [{field: days}]}", "exactly one of is");
        assertRefused("{id: a, approve: [superior], when: [{field: days, above: many}]}", "a number");
        assertRefused("{id: a, approve: [superior], when: [{step: b, field: x, is: 1}]}", "does not come before it");
        assertRefused("{id: a, approve: [superior], deadline: {escalate-to: [own-head]}}", "working days");
        assertRefused("{id: a, record: [superior], form: {type: objekt}}", "no JSON Schema");
        assertRefused("{together: [{id: a, approve: [superior]}, {id: a, approve: [superior]}]}", "occurs twice");
    }

    @Test
    void formsReferToNothingOutside() {
        assertRefused("{id: a, record: [superior], form: {$ref: 'http://127.0.0.1:9/s.json'}}", "cannot be used");
    }

    @Test
    void schemaRefusesWhatTheReaderRefuses() throws IOException {
        SchemaCheck schema = SchemaCheck.of(ChainDocument.schema());
        for (String step : List.of(
                "{id: a, approve: [boss]}",
                "{id: a}",
                "{id: a, record: [superior]}",
                "{id: a, approve: [superior], when: [{field: days}]}",
                "{id: a, approve: [superior], deadline: {escalate-to: [own-head]}}",
                "{id: a, record: [superior], form: {type: objekt}}")) {
            assertThat(schema.problems(source(step))).as(step).isNotEmpty();
        }
    }

    @Test
    void alteredDocumentsAreReadOrRefusedAndNothingElse() throws IOException {
        long seed = System.nanoTime();
        System.out.println("alteredDocumentsAreReadOrRefusedAndNothingElse seed " + seed);
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            String name = ChainDocument.templates()
                    .get(random.nextInt(ChainDocument.templates().size()));
            byte[] altered;
            try (InputStream in = ChainDocument.template(name).open()) {
                altered = in.readAllBytes();
            }
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                altered[random.nextInt(altered.length)] =
                        (byte) (random.nextInt(10) == 0 ? random.nextInt() : 32 + random.nextInt(95));
            }
            try {
                ChainDocument.read(DocumentSource.of("altered.yaml", altered));
            } catch (DocumentException e) {
                refused++;
                assertThat(e.problems()).as("seed %d, document %d", seed, i).isNotEmpty();
            }
        }
        assertThat(refused).as("refused, seed %d", seed).isPositive();
    }

    private static void assertRefused(String step, String... says) {
        assertThatThrownBy(() -> read(step))
                .as(step)
                .isInstanceOf(DocumentException.class)
                .hasMessageContainingAll(says);
    }

    private static Chain read(String step) throws IOException {
        return ChainDocument.read(source(step));
    }

    private static DocumentSource source(String step) {
        return DocumentSource.of("c.yaml", CHAIN.formatted(step));
    }
}
