package io.gatehouse.policy.retain;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.policy.document.DocumentLimits;
import io.gatehouse.policy.document.DocumentSource;
import io.gatehouse.policy.internal.document.DocumentReader;
import io.gatehouse.policy.internal.document.Element;
import io.gatehouse.policy.internal.document.Fields;
import io.gatehouse.policy.internal.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads and writes a schedule's document. Stateless. */
final class ScheduleDocument {
    private ScheduleDocument() {}

    static RetentionSchedule read(DocumentSource source) throws IOException {
        Element root = DocumentReader.of(DocumentLimits.standard()).read(source);
        Fields fields = root.fields("version", "zone", "rules");
        return root.made(() -> new RetentionSchedule(
                fields.required("version").integer(1, Long.MAX_VALUE),
                fields.required("zone").parsed("a time zone such as Europe/Berlin", ZoneId::of),
                fields.required("rules").items(ScheduleDocument::rule)));
    }

    private static RetentionRule rule(Element element) {
        Fields fields = element.fields(
                "id", "data", "place", "people", "from", "at-least", "keep", "at-most", "source", "counted-by");
        Period keep = period(fields.required("keep"));
        return element.made(() -> new RetentionRule(
                fields.required("id").text(),
                fields.required("data").parsed("a data class such as face-template", DataClass::of),
                fields.optional("place").map(Element::text),
                fields.optional("people").map(each -> each.word(PersonKind.class)),
                fields.required("from").text(),
                fields.optional("at-least").map(ScheduleDocument::period).orElse(Period.ZERO),
                keep,
                fields.optional("at-most").map(ScheduleDocument::period).orElse(keep),
                fields.required("source").text(),
                new HashSet<>(fields.list("counted-by", Element::text))));
    }

    private static Period period(Element element) {
        return element.parsed("a period such as P30D or P3Y", Period::parse);
    }

    static String write(RetentionSchedule schedule) {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (RetentionRule rule : schedule.rules()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("id", rule.id());
            fields.put("data", rule.dataClass().value());
            rule.place().ifPresent(place -> fields.put("place", place));
            rule.kind().ifPresent(kind -> fields.put("people", Element.word(kind)));
            fields.put("from", rule.event());
            fields.put("at-least", rule.atLeast());
            fields.put("keep", rule.keep());
            fields.put("at-most", rule.atMost());
            fields.put("source", rule.source());
            fields.put("counted-by", rule.countedBy().stream().sorted().toList());
            rules.add(fields);
        }
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("version", schedule.version());
        root.put("zone", schedule.zone().getId());
        root.put("rules", rules);
        return JsonText.of(root);
    }

    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(ScheduleDocument.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
