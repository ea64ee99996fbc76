package io.gatehouse.policy.permit.document;

import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.internal.document.Element;
import io.gatehouse.policy.internal.document.Fields;
import io.gatehouse.policy.permit.rule.Limit;
import io.gatehouse.policy.permit.rule.Limit.OffLine;
import io.gatehouse.policy.permit.rule.Limit.Passback.Mode;
import io.gatehouse.policy.permit.rule.Requirements;
import io.gatehouse.policy.permit.rule.RequirementsBuilder;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/** Reads requirements and limits. Used by one thread. */
final class RequirementsReader {
    private static final double COLDEST = 30;
    private static final double WARMEST = 45;

    private final Function<Element, ZoneCode> zones;
    private final Function<Element, String> groups;

    RequirementsReader(Function<Element, ZoneCode> zones, Function<Element, String> groups) {
        this.zones = zones;
        this.groups = groups;
    }

    Requirements read(Element element) {
        Fields fields = element.fields(
                "max-false-match-rate",
                "two-kinds",
                "liveness",
                "escort",
                "visit",
                "equipment",
                "temperature-below",
                "consents",
                "approvals",
                "inductions");
        RequirementsBuilder asks = Requirements.builder();
        fields.optional("max-false-match-rate").ifPresent(it -> asks.maxFalseMatchRate(it.number(1e-12, 1)));
        ifTrue(fields, "two-kinds", asks::twoKinds);
        ifTrue(fields, "liveness", asks::liveness);
        ifTrue(fields, "escort", asks::escort);
        ifTrue(fields, "visit", asks::visit);
        asks.equipment(texts(fields, "equipment"));
        fields.optional("temperature-below").ifPresent(it -> asks.temperatureBelow(it.number(COLDEST, WARMEST)));
        asks.consents(fields.list("consents", it -> it.parsed("a purpose", Purpose::of))
                .toArray(Purpose[]::new));
        asks.approvals(texts(fields, "approvals"));
        asks.inductions(texts(fields, "inductions"));
        return element.made(asks::build);
    }

    private static void ifTrue(Fields fields, String name, Runnable then) {
        fields.optional(name).filter(Element::flag).ifPresent(it -> then.run());
    }

    private static String[] texts(Fields fields, String name) {
        return fields.list(name, Element::text).toArray(String[]::new);
    }

    /** What a limit is, is its first field: occupancy, passback or count. */
    Limit limit(Element element) {
        Fields fields = element.fields("zone", "off-line", "occupancy", "passback", "entries", "within", "exempt");
        ZoneCode zone = zones.apply(fields.required("zone"));
        OffLine offLine = fields.required("off-line").word(OffLine.class);
        if (fields.has("occupancy")) {
            requireOnly(fields, "occupancy", Set.of());
            int most = people(fields, "occupancy");
            return element.made(() -> new Limit.Occupancy(zone, most, offLine));
        }
        if (fields.has("entries")) {
            requireOnly(fields, "entries", Set.of("within"));
            int most = people(fields, "entries");
            Duration within = duration(fields.required("within"));
            return element.made(() -> new Limit.Count(zone, most, within, offLine));
        }
        requireOnly(fields, "passback", Set.of("within", "exempt"));
        Mode mode = fields.required("passback").word(Mode.class);
        Duration within =
                fields.optional("within").map(RequirementsReader::duration).orElse(Duration.ZERO);
        Set<String> exempt = new HashSet<>(fields.list("exempt", groups));
        return element.made(() -> new Limit.Passback(zone, mode, within, exempt, offLine));
    }

    private static void requireOnly(Fields fields, String kind, Set<String> with) {
        for (String other : Set.of("occupancy", "passback", "entries", "within", "exempt")) {
            if (!other.equals(kind) && !with.contains(other)) {
                fields.optional(other).ifPresent(it -> {
                    throw it.refuse("nothing of the name '" + other + "' in a limit of " + kind);
                });
            }
        }
    }

    private static int people(Fields fields, String name) {
        return (int) fields.required(name).integer(1, 1_000_000);
    }

    private static Duration duration(Element element) {
        return element.parsed("a duration such as PT30M", Duration::parse);
    }
}
