package io.gatehouse.policy.watch;

import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.document.DocumentException;
import io.gatehouse.policy.document.DocumentLimits;
import io.gatehouse.policy.document.DocumentSource;
import io.gatehouse.policy.internal.document.DocumentReader;
import io.gatehouse.policy.internal.document.Element;
import io.gatehouse.policy.internal.document.Fields;
import io.gatehouse.policy.permit.rule.Schedule;
import io.gatehouse.policy.permit.rule.WeeklyHours;
import io.gatehouse.policy.watch.Pattern.RefusedOften.Per;
import io.gatehouse.policy.watch.Pattern.TooFarApart.Spot;
import io.gatehouse.policy.watch.Pattern.TooFarApart.Way;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads rules of a watch from a document in YAML or JSON, in the form of its published {@link #schema}. Stateless. A document
 * that is wrong is refused with {@link DocumentException}, which says where and what was expected.
 */
public final class WatchDocument {
    private static final Map<String, Function<Element, Pattern>> PATTERNS = patterns();

    private WatchDocument() {}

    /** Rules within the standard limits of documents. */
    public static WatchRules read(DocumentSource source) throws IOException {
        Element root = DocumentReader.of(DocumentLimits.standard()).read(source);
        Fields fields = root.fields("version", "rules");
        return root.made(() -> new WatchRules(
                fields.required("version").integer(1, Long.MAX_VALUE),
                fields.required("rules").items(WatchDocument::rule)));
    }

    /** The JSON Schema (2020-12) of these documents. */
    public static String schema() {
        return resource("watch-rules.schema.json");
    }

    /** A document to begin with: one rule of each pattern, for zones that a site will have to name. */
    public static DocumentSource template() {
        return DocumentSource.of("alarms.yaml", resource("alarms.yaml"));
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(WatchDocument.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the resource " + name + " of this library cannot be read", e);
        }
    }

    private static WatchRule rule(Element element) {
        Fields fields = element.fields("id", "severity", "pattern", "where", "who");
        Map<String, Element> pattern = fields.required("pattern").entries();
        if (pattern.size() != 1 || !PATTERNS.keySet().containsAll(pattern.keySet())) {
            throw fields.required("pattern").refuse("exactly one of " + String.join(", ", PATTERNS.keySet()));
        }
        Map.Entry<String, Element> only = pattern.entrySet().iterator().next();
        Function<Element, Pattern> reading = Objects.requireNonNull(PATTERNS.get(only.getKey()), "reading");
        return element.made(() -> new WatchRule(
                fields.required("id").text(),
                fields.required("severity").word(Severity.class),
                only.getValue().made(() -> reading.apply(only.getValue())),
                scope(fields)));
    }

    private static Scope scope(Fields rule) {
        Set<ZoneCode> zones = Set.of();
        Set<PortalId> portals = Set.of();
        if (rule.has("where")) {
            Fields where = rule.required("where").fields("zones", "portals");
            zones = Set.copyOf(where.list("zones", WatchDocument::zone));
            portals = Set.copyOf(where.list("portals", WatchDocument::portal));
        }
        if (!rule.has("who")) {
            return new Scope(zones, portals, Set.of(), Set.of());
        }
        Fields who = rule.required("who").fields("kinds", "groups");
        return new Scope(
                zones,
                portals,
                Set.copyOf(who.list("kinds", kind -> kind.word(PersonKind.class))),
                Set.copyOf(who.list("groups", Element::text)));
    }

    private static Map<String, Function<Element, Pattern>> patterns() {
        Map<String, Function<Element, Pattern>> patterns = new LinkedHashMap<>();
        patterns.put(
                "outside-hours",
                e -> new Pattern.OutsideHours(hours(e.fields("hours").required("hours"))));
        patterns.put(
                "reported",
                e -> new Pattern.Reported(Set.copyOf(e.fields("kinds")
                        .required("kinds")
                        .items(kind -> kind.parsed("the kind of an event such as door.forced-open", EventKind::of)))));
        patterns.put("many-passages", e -> {
            Fields it = e.fields("count", "within");
            return new Pattern.ManyPassages(count(it), time(it, "within"));
        });
        patterns.put("refused-often", e -> {
            Fields it = e.fields("count", "within", "per");
            return new Pattern.RefusedOften(
                    count(it), time(it, "within"), it.required("per").word(Per.class));
        });
        patterns.put("too-far-apart", WatchDocument::tooFarApart);
        patterns.put("many-departments", e -> {
            Fields it = e.fields("departments", "count", "short-stay", "within");
            return new Pattern.ManyDepartments(
                    it.required("departments").items(WatchDocument::zone),
                    count(it),
                    time(it, "short-stay"),
                    time(it, "within"));
        });
        patterns.put("reappears", e -> new Pattern.Reappears(time(e.fields("unseen"), "unseen")));
        patterns.put("overstay", e -> new Pattern.Overstay(time(e.fields("longest"), "longest")));
        patterns.put(
                "over-limit",
                e -> new Pattern.OverLimit(
                        (int) e.fields("most").required("most").integer(0, Integer.MAX_VALUE)));
        patterns.put("missing-exit", e -> {
            Fields it = e.fields("by", "unseen");
            Duration unseen = it.optional("unseen").map(WatchDocument::duration).orElse(Duration.ZERO);
            return new Pattern.MissingExit(clock(it.required("by")), unseen);
        });
        return patterns;
    }

    private static Pattern tooFarApart(Element element) {
        Fields it = element.fields("places", "least", "ways");
        List<Spot> spots = it.required("places").items(place -> {
            Fields spot = place.fields("name", "portals", "zones");
            return place.made(() -> new Spot(
                    spot.required("name").text(),
                    Set.copyOf(spot.list("portals", WatchDocument::portal)),
                    Set.copyOf(spot.list("zones", WatchDocument::zone))));
        });
        List<Way> ways = it.list("ways", way -> {
            Fields between = way.fields("from", "to", "least");
            return way.made(() -> new Way(
                    between.required("from").text(), between.required("to").text(), time(between, "least")));
        });
        return new Pattern.TooFarApart(spots, time(it, "least"), ways);
    }

    private static Schedule hours(Element element) {
        if (element.items().isEmpty()) {
            throw element.refuse("at least one range of hours");
        }
        return Schedule.of(element.items(hours -> {
                    Fields it = hours.fields("days", "from", "until");
                    Set<DayOfWeek> days = it.required("days").items(day -> day.word(DayOfWeek.class)).stream()
                            .collect(Collectors.toSet());
                    return hours.made(
                            () -> new WeeklyHours(days, clock(it.required("from")), clock(it.required("until"))));
                })
                .toArray(WeeklyHours[]::new));
    }

    private static int count(Fields fields) {
        return (int) fields.required("count").integer(1, Limits.MOST_COUNTED);
    }

    private static Duration time(Fields fields, String name) {
        return duration(fields.required(name));
    }

    private static Duration duration(Element element) {
        return element.parsed("a time such as PT10M or P30D", Duration::parse);
    }

    private static LocalTime clock(Element element) {
        return element.parsed("a time of the day such as \"07:00\", in quotes", LocalTime::parse);
    }

    private static ZoneCode zone(Element element) {
        return element.parsed("a zone's code", ZoneCode::of);
    }

    private static PortalId portal(Element element) {
        return element.parsed("a portal's id", PortalId::of);
    }
}
