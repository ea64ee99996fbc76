package io.gatehouse.policy.approve.chain;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.policy.approve.chain.ChainStep.Work;
import io.gatehouse.policy.approve.chain.Condition.Test;
import io.gatehouse.policy.document.DocumentLimits;
import io.gatehouse.policy.document.DocumentSource;
import io.gatehouse.policy.internal.document.DocumentReader;
import io.gatehouse.policy.internal.document.Element;
import io.gatehouse.policy.internal.document.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads chains from documents in YAML or JSON, in the form of their published {@link #schema}. Stateless. A document that is
 * wrong is refused with a {@code DocumentException}, which says where and what was expected.
 */
public final class ChainDocument {
    private static final List<String> TEMPLATES = List.of(
            "attendance-appeal",
            "leave",
            "attendance-confirmation",
            "attendance-exception",
            "visitor-booking",
            "visitor-unbooked",
            "purchase",
            "store-issue",
            "lending",
            "scrapping",
            "inspection",
            "footage-employee",
            "footage-partner",
            "footage-authority");

    private static final String[] TESTS =
            Arrays.stream(Test.values()).map(Element::word).toArray(String[]::new);

    private ChainDocument() {}

    /** A chain within the standard limits of documents. */
    public static Chain read(DocumentSource source) throws IOException {
        Element root = DocumentReader.of(DocumentLimits.standard()).read(source);
        Fields fields = root.fields(
                "chain", "version", "title", "form", "documents", "terms", "steps", "fallback", "inform", "emergency");
        return root.made(() -> new Chain(
                fields.required("chain").text(),
                (int) fields.required("version").integer(1, Integer.MAX_VALUE),
                fields.required("title").text(),
                SchemaText.of(fields.required("form")),
                Set.copyOf(fields.list("documents", Element::text)),
                fields.list("terms", Element::text),
                fields.required("steps").items(ChainDocument::stage),
                fields.required("fallback").items(ChainDocument::approvers),
                fields.list("inform", ChainDocument::approvers),
                fields.optional("emergency").map(ChainDocument::emergency)));
    }

    private static List<ChainStep> stage(Element element) {
        Element together = element.entries().get("together");
        if (together == null) {
            return List.of(step(element));
        }
        return element.fields("together").required("together").items(ChainDocument::step);
    }

    private static ChainStep step(Element element) {
        Fields fields = element.fields("id", "approve", "record", "need", "when", "deadline", "form");
        if (fields.has("approve") == fields.has("record")) {
            throw element.refuse("either whom to ask for approval, 'approve', or who records something, 'record'");
        }
        Work work = fields.has("approve") ? Work.APPROVE : Work.RECORD;
        return element.made(() -> new ChainStep(
                fields.required("id").text(),
                work,
                fields.required(Element.word(work)).items(ChainDocument::approvers),
                fields.optional("need").map(ChainDocument::need).orElse(Need.any()),
                fields.list("when", ChainDocument::condition),
                fields.optional("deadline").map(ChainDocument::deadline),
                fields.optional("form").map(SchemaText::of)));
    }

    private static Approvers approvers(Element element) {
        if (element.isText()) {
            return switch (element.text()) {
                case "superior" -> new Approvers.Superior();
                case "own-head" -> new Approvers.OwnHead();
                case "requester" -> new Approvers.Requester();
                default ->
                    throw element.refuse("superior, own-head, requester, or an object with one of head-of,"
                            + " head-of-field, role, person and person-field");
            };
        }
        Fields fields = element.fields("head-of", "head-of-field", "role", "person", "person-field");
        if (element.entries().size() != 1) {
            throw element.refuse("exactly one of head-of, head-of-field, role, person and person-field");
        }
        return element.made(() -> Stream.<Optional<Approvers>>of(
                        fields.optional("head-of").map(it -> new Approvers.HeadOf(it.text())),
                        fields.optional("head-of-field").map(it -> new Approvers.HeadOfField(it.text())),
                        fields.optional("role").map(it -> new Approvers.Role(it.text())),
                        fields.optional("person").map(it -> new Approvers.Named(PersonId.of(it.text()))),
                        fields.optional("person-field").map(it -> new Approvers.NamedInField(it.text())))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow());
    }

    private static Need need(Element element) {
        if (!element.isText()) {
            return element.made(() ->
                    Need.some((int) element.fields("some").required("some").integer(1, 1_000)));
        }
        return switch (element.text()) {
            case "any" -> Need.any();
            case "all" -> Need.all();
            default -> throw element.refuse("any, all, or an object with some");
        };
    }

    private static Condition condition(Element element) {
        String[] known =
                Stream.concat(Stream.of("step", "field"), Arrays.stream(TESTS)).toArray(String[]::new);
        Fields fields = element.fields(known);
        List<Test> tests = Arrays.stream(Test.values())
                .filter(test -> fields.has(Element.word(test)))
                .toList();
        if (tests.size() != 1) {
            throw element.refuse("exactly one of " + String.join(", ", TESTS));
        }
        Element compared = fields.required(Element.word(tests.get(0)));
        return element.made(() -> new Condition(
                fields.optional("step").map(Element::text),
                fields.required("field").text(),
                tests.get(0),
                tests.get(0) == Test.ONE_OF ? compared.items(ChainDocument::value) : List.of(value(compared))));
    }

    /** A text, a number or a flag as the text that it is compared as. */
    private static String value(Element element) {
        if (element.isText()) {
            return element.text();
        }
        return SchemaText.scalar(element);
    }

    private static Deadline deadline(Element element) {
        Fields fields = element.fields("working-days", "date-in", "escalate-to");
        return element.made(() -> new Deadline(
                fields.optional("working-days")
                        .map(days -> (int) days.integer(1, 1_000))
                        .orElse(0),
                fields.optional("date-in").map(Element::text),
                fields.list("escalate-to", ChainDocument::approvers)));
    }

    private static Chain.Emergency emergency(Element element) {
        Fields fields = element.fields("by", "confirm-within");
        return element.made(() -> new Chain.Emergency(fields.required("by").items(ChainDocument::approvers), (int)
                fields.required("confirm-within").integer(1, 1_000)));
    }

    /** The JSON Schema (2020-12) of these documents. */
    public static String schema() {
        return resource("approval-chain.schema.json");
    }

    /** The names of the chains that come with this library, to begin with. */
    public static List<String> templates() {
        return TEMPLATES;
    }

    /** A chain that comes with this library; see {@link #templates}. */
    public static DocumentSource template(String name) {
        if (!TEMPLATES.contains(name)) {
            throw new IllegalArgumentException("there is no template '" + name + "', there are " + TEMPLATES);
        }
        return DocumentSource.of(name + ".yaml", resource(name + ".yaml"));
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(ChainDocument.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the resource " + name + " of this library cannot be read", e);
        }
    }
}
