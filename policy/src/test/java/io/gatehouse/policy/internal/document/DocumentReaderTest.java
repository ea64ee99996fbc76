package io.gatehouse.policy.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.policy.document.DocumentException;
import io.gatehouse.policy.document.DocumentLimits;
import io.gatehouse.policy.document.DocumentProblem;
import io.gatehouse.policy.document.DocumentSource;
import io.gatehouse.policy.document.DocumentSyntax;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTest {
    private static final DocumentReader READER = DocumentReader.of(DocumentLimits.standard());

    @Test
    void readsTheSameFromYamlAndJson() throws IOException {
        String yaml = "name: door\nopen: true\nhours: [\"07:00\", 08:30]\ncount: 12\nlimit: 37.5\nnote: 2026-05-01\n";
        String json =
                "{\"name\":\"door\",\"open\":true,\"hours\":[\"07:00\",\"08:30\"],\"count\":12,\"limit\":37.5,\"note\":\"2026-05-01\"}";
        for (DocumentSource source : List.of(DocumentSource.of("a.yaml", yaml), DocumentSource.of("a.json", json))) {
            Fields fields = READER.read(source).fields("name", "open", "hours", "count", "limit", "note", "other");
            assertThat(fields.required("name").text()).isEqualTo("door");
            assertThat(fields.required("open").flag()).isTrue();
            assertThat(fields.list("hours", Element::text)).containsExactly("07:00", "08:30");
            assertThat(fields.required("count").integer(0, 12)).isEqualTo(12);
            assertThat(fields.required("limit").number(0, 40)).isEqualTo(37.5);
            LocalDate note = fields.required("note").parsed("a date", LocalDate::parse);
            assertThat(note).isEqualTo(LocalDate.of(2026, 5, 1));
            assertThat(fields.optional("other")).isEmpty();
        }
    }

    @Test
    void saysFileLineAndWhatWasExpected() throws IOException {
        Element root = READER.read(DocumentSource.of(
                "rules.yaml", "rules:\n  - id: a\n    from: soon\n    max: many\n    effect: maybe\n  - id: 7\n"));
        Fields first = root.fields("rules").required("rules").items().get(0).fields("id", "from", "max", "effect");
        assertThat(problem(() -> first.required("from").parsed("a date such as 2026-05-01", LocalDate::parse)))
                .startsWith("rules.yaml:3:")
                .contains("rules[0].from: expected a date such as 2026-05-01, found 'soon'");
        assertThat(problem(() -> first.required("max").integer(1, 9)))
                .startsWith("rules.yaml:4:")
                .contains("rules[0].max: expected a whole number from 1 to 9, found 'many'");
        assertThat(problem(() -> first.required("effect").word(DocumentSyntax.class)))
                .contains("expected one of yaml, json, found 'maybe'");
        assertThat(problem(() -> first.required("zones")))
                .startsWith("rules.yaml:2:")
                .contains("a field 'zones'");
        Element second = root.fields("rules").required("rules").items().get(1);
        assertThat(problem(() -> second.fields("id").required("id").text()))
                .startsWith("rules.yaml:6:")
                .contains("rules[1].id: expected a text, found 7: put it in quotes");
        assertThat(problem(() -> second.fields("name", "who")))
                .startsWith("rules.yaml:6:")
                .contains("'id' is unknown here; known are name, who");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1\na: 2\n",
                "a: &x [1]\nb: *x\n",
                "a: !!java.net.URL [\"http://localhost\"]\n",
                "? &x a\n: 1\n",
                "- !secret 1\n",
                "a: 1\n---\nb: 2\n",
                "a: [1, 2\n",
                "\t- a\n",
                "a: 99999999999999999999999999\n",
                "a: .nan\nb: [*x]\n",
                ""
            })
    void refusesYamlThatIsMoreThanPlain(String yaml) {
        assertThatThrownBy(() -> READER.read(DocumentSource.of("a.yaml", yaml)))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("a.yaml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":1} {\"b\":2}",
                "{\"a\":[1,2}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":1,}",
                "// note\n{}",
                "[99999999999999999999999999]",
                "[1",
                ""
            })
    void refusesJsonThatIsMoreThanPlain(String json) {
        assertThatThrownBy(() -> READER.read(DocumentSource.of("a.json", json)))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("a.json");
        assertThatThrownBy(() -> READER.stream(DocumentSource.of("a.json", json), "a", item -> {}))
                .isInstanceOf(DocumentException.class);
    }

    @Test
    void refusesBombsInBoundedMemory() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [lol]\n");
        for (int i = 1; i < 30; i++) {
            laughs.append("a").append(i).append(": &a").append(i).append(" [");
            laughs.append(("*a" + (i - 1) + ",").repeat(10)).append("]\n");
        }
        assertThat(problem(() -> READER.read(DocumentSource.of("bomb.yaml", laughs.toString()))))
                .startsWith("bomb.yaml:1:")
                .contains("anchor");
        assertThat(problem(() -> READER.read(DocumentSource.of("deep.yaml", "[".repeat(100_000)))))
                .contains("deep.yaml");
        assertThat(problem(() -> READER.read(DocumentSource.of("deep.json", "[".repeat(100_000)))))
                .contains("deep.json");
        assertThat(problem(() -> READER.read(DocumentSource.of("wide.json", "[" + "1,".repeat(300_000) + "1]"))))
                .contains("expected at most 200000 values");
        assertThat(problem(() -> READER.read(DocumentSource.of("long.json", "[\"" + "x".repeat(20_000) + "\"]"))))
                .contains("long.json");
        assertThat(problem(() -> READER.read(DocumentSource.of("key.yaml", "? [a, b]\n: 1\n"))))
                .contains("key.yaml");
    }

    @Test
    void countsBytesBeforeItParses() {
        DocumentReader small = DocumentReader.of(DocumentLimits.standard().maxBytes(100));
        assertThat(problem(() -> small.read(DocumentSource.of("a.yaml", "!".repeat(101)))))
                .isEqualTo(
                        "a.yaml: expected at most 100 bytes, found more: split it into several files or raise the limit");
        DocumentReader narrow = DocumentReader.of(new DocumentLimits(10, 1_000, 100, 5, 100));
        String longer = "{\"items\":[" + "1,".repeat(600) + "1]}";
        assertThat(problem(() -> narrow.stream(DocumentSource.of("a.json", longer), "items", item -> {})))
                .contains("at most 1000 bytes");
        String yaml = "items:\n" + "- 1\n".repeat(600);
        assertThat(problem(() -> narrow.stream(DocumentSource.of("a.yaml", yaml), "items", item -> {})))
                .contains("a.yaml");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] latin = "name: Stra\u00dfe\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(problem(() -> READER.read(DocumentSource.of("a.yaml", latin))))
                .contains("expected UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.json", "a.yaml"})
    void streamsMoreItemsThanADocumentMayHaveValues(String name) throws IOException {
        int count = 300_000;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("{\"version\": 3, \"items\": [\n".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < count; i++) {
            out.writeBytes(("{\"id\": " + i + "}" + (i < count - 1 ? ",\n" : "\n")).getBytes(StandardCharsets.UTF_8));
        }
        out.writeBytes("], \"last\": true}".getBytes(StandardCharsets.UTF_8));
        List<Long> read = new ArrayList<>();
        Element root = READER.stream(DocumentSource.of(name, out.toByteArray()), "items", item -> {
            read.add(item.fields("id").required("id").integer(0, count));
        });
        assertThat(read).hasSize(count).last().isEqualTo(count - 1L);
        Fields rest = root.fields("version", "last");
        assertThat(rest.required("version").integer(1, 9)).isEqualTo(3);
        assertThat(rest.required("last").flag()).isTrue();
    }

    @Test
    void refusesAStreamedListThatOccursTwice() {
        assertThat(problem(() -> READER.stream(
                        DocumentSource.of("a.json", "{\"items\":[1],\n\"items\":[2]}"), "items", item -> {})))
                .startsWith("a.json:2:")
                .contains("occurs twice");
    }

    @Test
    void answersEveryCutAndEveryAlteredByteWithARefusalOrADocument() throws IOException {
        byte[] whole = "rules:\n  - {id: \"a\", n: 1.5, f: true, t: [x, ~]}\n  - id: |\n      text\n"
                .getBytes(StandardCharsets.UTF_8);
        long seed = System.nanoTime();
        System.out.println("answersEveryCutAndEveryAlteredByte seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = whole.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            for (String name : List.of("a.yaml", "a.json")) {
                try {
                    assertThat(READER.read(DocumentSource.of(name, cut))).isNotNull();
                } catch (DocumentException e) {
                    assertThat(e.problems()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void closesWhatItOpens() throws IOException {
        DocumentSource source = DocumentSource.of("a.json", "[1]");
        try (InputStream in = source.open()) {
            assertThat(in.readAllBytes()).hasSize(3);
        }
        assertThat(READER.read(source).items()).hasSize(1);
        assertThatThrownBy(() -> DocumentSource.of("rules.txt", "x")).hasMessageContaining("rules.txt");
    }

    private static String problem(ThrowingCallable call) {
        DocumentException refused = catchThrowableOfType(DocumentException.class, call);
        assertThat(refused).as("is refused").isNotNull();
        List<DocumentProblem> problems = refused.problems();
        assertThat(problems).hasSize(1);
        return problems.get(0).toString();
    }
}
