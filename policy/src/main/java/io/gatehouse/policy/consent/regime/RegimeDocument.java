package io.gatehouse.policy.consent.regime;

import io.gatehouse.policy.consent.request.Deadline;
import io.gatehouse.policy.consent.request.RequestKind;
import io.gatehouse.policy.document.DocumentLimits;
import io.gatehouse.policy.document.DocumentSource;
import io.gatehouse.policy.internal.document.DocumentReader;
import io.gatehouse.policy.internal.document.Element;
import io.gatehouse.policy.internal.document.Fields;
import java.io.IOException;
import java.time.LocalDate;
import java.time.Period;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads a regime's document. Stateless. */
final class RegimeDocument {
    private static final int MAX_AGE = 30;

    private RegimeDocument() {}

    static Regime read(DocumentSource source, DocumentLimits limits) throws IOException {
        Element root = DocumentReader.of(limits).read(source);
        Fields fields = root.fields("regime", "name", "as-of", "answers-alone-from", "bases", "requests", "duties");
        Fields age = fields.required("answers-alone-from").fields("years", "source");
        age.required("source").text();
        Map<String, Set<LegalBasis>> bases = new HashMap<>();
        fields.required("bases").items().forEach(each -> addBases(each, bases));
        return root.made(() -> new Regime(
                fields.required("regime").text(),
                fields.required("name").text(),
                fields.required("as-of").parsed("a day such as 2026-01-31", LocalDate::parse),
                (int) age.required("years").integer(0, MAX_AGE),
                bases.getOrDefault("biometric", Set.of()),
                bases.getOrDefault("other", Set.of()),
                deadlines(fields.required("requests")),
                fields.required("duties").items(RegimeDocument::duty)));
    }

    private static void addBases(Element element, Map<String, Set<LegalBasis>> bases) {
        Fields fields = element.fields("data", "allows", "source");
        fields.required("source").text();
        String data = fields.required("data").text();
        if (!data.equals("biometric") && !data.equals("other")) {
            throw fields.required("data").refuse("biometric or other");
        }
        Set<LegalBasis> allowed = bases.computeIfAbsent(data, key -> EnumSet.noneOf(LegalBasis.class));
        fields.required("allows").items().forEach(each -> allowed.add(each.word(LegalBasis.class)));
    }

    private static Map<RequestKind, Deadline> deadlines(Element element) {
        Map<RequestKind, Deadline> deadlines = new EnumMap<>(RequestKind.class);
        Fields kinds = element.fields("access", "correction", "export", "erasure");
        for (RequestKind kind : RequestKind.values()) {
            kinds.optional(Element.word(kind)).ifPresent(each -> {
                Fields fields = each.fields("time", "extension", "source");
                fields.required("source").text();
                Period time = period(fields.required("time"));
                Period extension =
                        fields.optional("extension").map(RegimeDocument::period).orElse(Period.ZERO);
                deadlines.put(kind, each.made(() -> new Deadline(time, extension)));
            });
        }
        return deadlines;
    }

    private static Period period(Element element) {
        return element.parsed("a period such as P30D or P3Y", Period::parse);
    }

    private static Duty duty(Element element) {
        Fields fields =
                element.fields("id", "check", "text", "source", "keep-record", "time", "people", "within-working-days");
        Optional<Period> time =
                fields.optional("time").or(() -> fields.optional("keep-record")).map(RegimeDocument::period);
        return element.made(() -> new Duty(
                fields.required("id").text(),
                fields.required("check").word(DutyCheck.class),
                fields.required("text").text(),
                fields.required("source").text(),
                time,
                number(fields, "people", 1_000_000_000),
                number(fields, "within-working-days", 1_000)));
    }

    private static OptionalInt number(Fields fields, String name, int most) {
        Optional<Element> element = fields.optional(name);
        return element.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) element.get().integer(1, most));
    }
}
