package io.gatehouse.policy.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.policy.document.DocumentException;
import io.gatehouse.policy.document.DocumentSource;
import io.gatehouse.policy.internal.document.SchemaCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WatchDocumentTest {
    private static final String PREFIX = "version: 1\nrules:\n  - id: r\n    severity: notice\n    pattern:\n      ";

    @Test
    @DisplayName("REG-6 REG-10 the template has a rule of every pattern and holds against the published schema")
    void templateHasEveryPattern() throws IOException {
        WatchRules rules = WatchDocument.read(WatchDocument.template());
        assertThat(rules.rules().stream()
                        .map(rule -> rule.pattern().getClass().getName())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Pattern.class.getPermittedSubclasses())
                        .map(Class::getName)
                        .toList());
        assertThat(SchemaCheck.of(WatchDocument.schema()).problems(WatchDocument.template()))
                .isEmpty();
    }

    @Test
    void readsWhatIsWritten() throws IOException {
        WatchRules rules = read(PREFIX + "many-passages: {count: 6, within: PT10M}\n    where: {portals: [front]}\n");
        assertThat(rules)
                .isEqualTo(WatchRules.of(
                        1,
                        WatchRule.of(
                                "r",
                                Severity.NOTICE,
                                new Pattern.ManyPassages(6, Duration.ofMinutes(10)),
                                Scope.all().portals(io.gatehouse.core.place.PortalId.of("front")))));
    }

    @Test
    void saysWhereItIsWrong() {
        assertRefused(PREFIX + "many-passages: {count: 6, within: ten minutes}", "rules[0].pattern", "PT10M");
        assertRefused(PREFIX + "many-passages: {count: 1, within: PT10M}", "2 to 1000 passages");
        assertRefused(PREFIX + "many-passages: {count: 6, within: PT10M, of: li}", "'of' is unknown");
        assertRefused(PREFIX + "much-passing: {}", "exactly one of", "many-passages");
        assertRefused(PREFIX + "over-limit: {most: 3}", "it names zones");
        assertRefused(PREFIX + "outside-hours: {hours: []}", "at least one range");
        assertRefused("version: 0\nrules: []", "version");
    }

    @Test
    void schemaRefusesWhatTheReaderRefuses() throws IOException {
        SchemaCheck schema = SchemaCheck.of(WatchDocument.schema());
        for (String pattern : List.of(
                "many-passages: {count: 6, within: ten minutes}",
                "many-passages: {count: 6, within: PT10M, of: li}",
                "much-passing: {}",
                "outside-hours: {hours: []}")) {
            assertThat(schema.problems(DocumentSource.of("r.yaml", PREFIX + pattern)))
                    .as(pattern)
                    .isNotEmpty();
        }
    }

    @Test
    void alteredDocumentsAreReadOrRefusedAndNothingElse() throws IOException {
        long seed = System.nanoTime();
        System.out.println("alteredDocumentsAreReadOrRefusedAndNothingElse seed " + seed);
        Random random = new Random(seed);
        byte[] template;
        try (InputStream in = WatchDocument.template().open()) {
            template = in.readAllBytes();
        }
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            byte[] altered = template.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                altered[random.nextInt(altered.length)] =
                        (byte) (random.nextInt(10) == 0 ? random.nextInt() : 32 + random.nextInt(95));
            }
            try {
                WatchDocument.read(DocumentSource.of("altered.yaml", altered));
            } catch (DocumentException e) {
                refused++;
                assertThat(e.problems()).as("seed %d, document %d", seed, i).isNotEmpty();
            }
        }
        assertThat(refused).as("refused, seed %d", seed).isPositive();
    }

    private static void assertRefused(String document, String... says) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(DocumentException.class)
                .hasMessageContainingAll(says);
    }

    private static WatchRules read(String document) throws IOException {
        return WatchDocument.read(DocumentSource.of("r.yaml", document.getBytes(StandardCharsets.UTF_8)));
    }
}
