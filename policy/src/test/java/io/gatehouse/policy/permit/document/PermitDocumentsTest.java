package io.gatehouse.policy.permit.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.policy.document.DocumentException;
import io.gatehouse.policy.document.DocumentLimits;
import io.gatehouse.policy.document.DocumentSource;
import io.gatehouse.policy.internal.document.SchemaCheck;
import io.gatehouse.policy.permit.Campuses;
import io.gatehouse.policy.permit.rule.Limit;
import io.gatehouse.policy.permit.rule.Limit.OffLine;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Requirements;
import io.gatehouse.policy.permit.rule.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermitDocumentsTest {
    private static final PermitDocuments DOCUMENTS = PermitDocuments.create(Campuses.SITE, DocumentLimits.standard());

    @Test
    @DisplayName("REG-3 what differs by area stands in one document: method, approval, equipment, temperature")
    void readsWhatTheBuilderMakes() throws IOException {
        PolicySet policy = DOCUMENTS.read(example());
        assertThat(policy.version()).isEqualTo(7);
        assertThat(policy.approvals()).isEqualTo(2);
        assertThat(policy.rules()).hasSize(9);
        assertThat(policy.rules().get(2))
                .isEqualTo(Rule.forbid("equipment")
                        .anybody()
                        .zones(Campuses.POISONS)
                        .requires(Requirements.builder()
                                .equipment("gloves", "mask")
                                .inductions("chemicals")
                                .build())
                        .build());
        assertThat(policy.rules().get(1).limits().get(0))
                .isEqualTo(new Limit.Occupancy(Campuses.LABORATORY, 2, OffLine.DENY));
    }

    @Test
    void examplesFollowThePublishedSchema() throws IOException {
        SchemaCheck schema = SchemaCheck.of(PermitDocuments.schema());
        assertThat(schema.problems(example())).isEmpty();
        byte[] written = PermitWriter.write(DOCUMENTS.read(example()));
        assertThat(schema.problems(DocumentSource.of("written.json", written))).isEmpty();
        assertThat(schema.problems(altered("effect: permit", "effect: allow"))).isNotEmpty();
        assertThat(schema.problems(altered("who: {groups", "whom: {groups"))).isNotEmpty();
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() throws IOException {
        long seed = System.nanoTime();
        System.out.println("whatIsWrittenIsReadAsTheSame seed " + seed);
        Random random = new Random(seed);
        SchemaCheck schema = SchemaCheck.of(PermitDocuments.schema());
        for (int i = 0; i < 300; i++) {
            PolicySet policy = Campuses.randomPolicy(random);
            byte[] written = PermitWriter.write(policy);
            String what = "seed " + seed + ", " + new String(written, StandardCharsets.UTF_8);
            assertThat(DOCUMENTS.read(DocumentSource.of("a.json", written)))
                    .as(what)
                    .isEqualTo(policy);
            assertThat(PermitWriter.write(policy)).isEqualTo(written);
            if (i < 30) {
                assertThat(schema.problems(DocumentSource.of("a.json", written)))
                        .as(what)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            version: 7                 | version: 0                  | version: expected a whole number from 1
            who: {groups: [office]}    | who: {groups: [offices]}    | there is no 'offices', found 'offices'
            zones: [poisons]           | zones: [poison]             | rules[2].where.zones[0]: expected a zone of Campus, found 'poison'
            portals: [side-door]       | floors: [side-door]         | expected a floor of a lift of Campus
            when: working-hours        | when: office-hours          | expected the name of one of the schedules
            except: holidays           | except: holiday             | calendars [holidays]
            from: "07:00"              | from: "7 am"                | expected a time such as 07:00, found '7 am'
            id: ward                   | id: office                  | found 'office', which is that of
            unless: {temperature-below | requires: {temperature-below | expected 'unless' in a rule with effect forbid
            relation: own              | relation: owner             | expected one of any, own, department, found 'owner'
            who: {posts: [head]}       | who: {post: [head]}         | 'post' is unknown here; known are persons
            occupancy: 2               | occupancy: two              | expected a whole number from 1
            within: PT10M              | within: 10 minutes          | expected a duration such as PT30M
            """)
    void refusesWithLineAndWhatWasExpected(String from, String to, String expected) {
        long line = 1
                + text().substring(0, text().indexOf(from))
                        .chars()
                        .filter(it -> it == '\n')
                        .count();
        assertThat(refusal(altered(from, to)))
                .contains("campus.yaml:" + line + ":")
                .contains(expected);
    }

    @Test
    void refusesGroupsInACircleAndSchedulesThatCannotBe() {
        assertThat(refusal(altered(
                        "{name: \"department:science\"}",
                        "{name: \"department:science\", within: \"department:chemistry\"}")))
                .contains("circle");
        assertThat(refusal(altered("except: holidays", "from: 2026-05-01\n    until: 2026-04-01")))
                .contains("ends before it begins");
        assertThat(refusal(altered("alerts: [lockdown]\n", "alerts: []\n")))
                .contains("expected one of the levels of alert");
        assertThat(refusal(altered("except: holidays", "only: [2026-05-02]"))).contains("none of its 1 dates");
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        String twice = text().replace("effect: forbid", "effect: refuse");
        DocumentException refused = catchThrowableOfType(
                DocumentException.class, () -> DOCUMENTS.read(DocumentSource.of("campus.yaml", twice)));
        assertThat(refused.problems()).hasSize(3);
    }

    @Test
    void furtherRulesComeFromOtherFiles() throws IOException {
        String more = "{\"kind\": \"permit-rules/1\", \"rules\": [{\"id\": \"guards\", \"effect\": \"permit\","
                + " \"who\": {\"groups\": [\"guards\"]}, \"where\": \"anywhere\", \"when\": \"working-hours\"}]}";
        assertThat(DOCUMENTS
                        .read(example(), DocumentSource.of("more.json", more))
                        .rules())
                .hasSize(10);
        assertThat(refusal(
                        example(),
                        DocumentSource.of("more.json", more.replace("\"guards\", \"eff", "\"ward\", \"eff"))))
                .contains("more.json:1:")
                .contains("campus.yaml:42");
        assertThat(refusal(example(), DocumentSource.of("more.json", more.replace("permit-rules/1", "permit/1"))))
                .contains("expected 'permit-rules/1'");
    }

    private static String refusal(DocumentSource main, DocumentSource... more) {
        DocumentException refused = catchThrowableOfType(DocumentException.class, () -> DOCUMENTS.read(main, more));
        assertThat(refused).isNotNull();
        return String.valueOf(refused.getMessage());
    }

    private static DocumentSource altered(String from, String to) {
        assertThat(text()).contains(from);
        return DocumentSource.of("campus.yaml", text().replaceFirst(Pattern.quote(from), to));
    }

    private static DocumentSource example() {
        return DocumentSource.of("campus.yaml", text());
    }

    private static String text() {
        try (InputStream in =
                Objects.requireNonNull(PermitDocumentsTest.class.getResourceAsStream("campus.yaml"), "campus.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
