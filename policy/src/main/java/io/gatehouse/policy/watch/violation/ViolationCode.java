package io.gatehouse.policy.watch.violation;

import io.gatehouse.policy.document.DocumentLimits;
import io.gatehouse.policy.document.DocumentSource;
import io.gatehouse.policy.internal.document.DocumentReader;
import io.gatehouse.policy.internal.document.Element;
import io.gatehouse.policy.internal.document.Fields;
import io.gatehouse.policy.watch.violation.ViolationKind.Grade;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The kinds of violations of a house and what may follow them, as a document has them. Immutable and thread-safe.
 *
 * @param version       counts up with each change; recorded with each violation
 * @param sanctions     the mildest first
 * @param contestWithin how long after the decision whom it is about may contest it
 * @param kinds         each with an id of its own
 */
public record ViolationCode(long version, List<Sanction> sanctions, Duration contestWithin, List<ViolationKind> kinds) {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    public ViolationCode {
        sanctions = List.copyOf(sanctions);
        kinds = List.copyOf(kinds);
        if (version < 1) {
            throw new IllegalArgumentException("versions begin with 1, this one is " + version);
        }
        if (contestWithin.isNegative() || contestWithin.isZero()) {
            throw new IllegalArgumentException(
                    "a decision can be contested for longer than nothing, not " + contestWithin);
        }
        Set<String> known = new HashSet<>();
        for (Sanction sanction : sanctions) {
            if (!known.add(sanction.id())) {
                throw new IllegalArgumentException("sanction " + sanction.id() + " occurs twice");
            }
        }
        Set<String> ids = new HashSet<>();
        for (ViolationKind kind : kinds) {
            if (!ids.add(kind.id())) {
                throw new IllegalArgumentException("violation " + kind.id() + " occurs twice");
            }
            kind.ladder().stream()
                    .flatMap(Set::stream)
                    .filter(id -> !known.contains(id))
                    .forEach(id -> {
                        throw new IllegalArgumentException(
                                "violation " + kind.id() + " names sanction " + id + ", which is not among " + known);
                    });
        }
    }

    static void requireId(String what, String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    what + " is called 1 to 64 lower-case letters, digits or '-', not '" + id + "'");
        }
    }

    /** The kind with this id. */
    public Optional<ViolationKind> kind(String id) {
        return kinds.stream().filter(kind -> kind.id().equals(id)).findFirst();
    }

    /** The kinds that alarms of this rule propose. */
    public List<ViolationKind> proposedBy(String rule) {
        return kinds.stream().filter(kind -> kind.alarms().contains(rule)).toList();
    }

    /** How harsh a sanction is, from 0; negative if there is none of this id. */
    int rank(String sanction) {
        return sanctions.stream().map(Sanction::id).toList().indexOf(sanction);
    }

    /** The code within the standard limits of documents; refused with a {@code DocumentException} that says where. */
    public static ViolationCode read(DocumentSource source) throws IOException {
        Element root = DocumentReader.of(DocumentLimits.standard()).read(source);
        Fields fields = root.fields("version", "contest-within", "sanctions", "violations");
        return root.made(() -> new ViolationCode(
                fields.required("version").integer(1, Long.MAX_VALUE),
                fields.required("sanctions").items(ViolationCode::sanction),
                duration(fields.required("contest-within")),
                fields.required("violations").items(ViolationCode::kind)));
    }

    private static Sanction sanction(Element element) {
        Fields fields = element.fields("id", "text");
        return element.made(() -> new Sanction(
                fields.required("id").text(), fields.required("text").text()));
    }

    private static ViolationKind kind(Element element) {
        Fields fields = element.fields("id", "text", "grade", "within", "ladder", "alarms");
        return element.made(() -> new ViolationKind(
                fields.required("id").text(),
                fields.required("text").text(),
                fields.required("grade").word(Grade.class),
                duration(fields.required("within")),
                fields.required("ladder").items(step -> Set.copyOf(step.items(Element::text))),
                Set.copyOf(fields.list("alarms", Element::text))));
    }

    private static Duration duration(Element element) {
        return element.parsed("a time such as P10D", Duration::parse);
    }

    /** The JSON Schema (2020-12) of these documents. */
    public static String schema() {
        return resource("violations.schema.json");
    }

    /** A document to begin with, with violations of attendance, registration and retrieval of recordings. */
    public static DocumentSource template() {
        return DocumentSource.of("violations.yaml", resource("violations.yaml"));
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(ViolationCode.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the resource " + name + " of this library cannot be read", e);
        }
    }
}
