package io.gatehouse.policy.internal.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormsTest {
    private static final String SCHEMA = """
            {"type": "object", "required": ["day"], "additionalProperties": false,
             "properties": {"day": {"type": "string", "format": "date"}, "count": {"type": "integer", "minimum": 1},
                            "of": {"$ref": "#/$defs/of"}},
             "$defs": {"of": {"enum": ["a", "b"]}}}
            """;

    @Test
    void saysWhatIsWrong() {
        Forms form = Forms.of(SCHEMA);
        assertThat(form.problems("{\"day\":\"2026-03-04\",\"count\":2,\"of\":\"a\"}"))
                .isEmpty();
        assertThat(form.problems("{}").toString()).contains("day");
        assertThat(form.problems("{\"day\":\"2026-13-04\"}"))
                .as("formats are checked")
                .hasSize(1);
        assertThat(form.problems("{\"day\":\"2026-03-04\",\"count\":0}").get(0)).contains("/count");
        assertThat(form.problems("{\"day\":\"2026-03-04\",\"of\":\"c\"}")).hasSize(1);
        assertThat(form.problems("{\"day\":\"2026-03-04\",\"more\":1}")).hasSize(1);
    }

    @Test
    void refusesWhatIsNoObjectOrTooMuch() {
        Forms form = Forms.of("{\"type\": \"object\"}");
        for (String filledIn : List.of("", "1", "[]", "{", "{} {}", "{\"a\":1,\"a\":2}", "[".repeat(2_000))) {
            assertThat(form.problems(filledIn)).as(filledIn).hasSize(1);
        }
        assertThat(form.problems("{\"a\":\"" + "x".repeat(300_000) + "\"}")).hasSize(1);
    }

    @Test
    void refusesWhatIsNoSchema() {
        for (String schema : List.of("", "1", "[]", "{\"type\":\"objekt\"}", "{\"properties\":[]}")) {
            assertThatThrownBy(() -> Forms.of(schema)).as(schema).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void fetchesNothing() {
        for (String elsewhere : List.of("http://127.0.0.1:9/s.json", "file:///etc/hostname", "classpath:/x.json")) {
            assertThatThrownBy(() -> Forms.of("{\"properties\":{\"a\":{\"$ref\":\"" + elsewhere + "\"}}}"))
                    .as(elsewhere)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot be used");
        }
    }

    @Test
    void readsFields() {
        Answers answers = Answers.read("{\"a\":{\"b\":2.50},\"c\":true,\"d\":null,\"e\":\"x\",\"f\":[1]}")
                .orElseThrow();
        assertThat(answers.number("a.b")).contains(new BigDecimal("2.5"));
        assertThat(answers.text("c")).contains("true");
        assertThat(answers.text("e")).contains("x");
        for (String field : List.of("d", "f", "a", "g", "a.x", "e.x", "", ".")) {
            assertThat(answers.text(field)).as(field).isEmpty();
        }
    }
}
