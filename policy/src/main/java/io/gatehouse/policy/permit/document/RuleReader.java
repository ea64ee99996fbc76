package io.gatehouse.policy.permit.document;

import io.gatehouse.core.decision.Obligation;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.internal.document.Element;
import io.gatehouse.policy.internal.document.Fields;
import io.gatehouse.policy.permit.rule.Effect;
import io.gatehouse.policy.permit.rule.GroupTree;
import io.gatehouse.policy.permit.rule.Limit;
import io.gatehouse.policy.permit.rule.Operation.Action;
import io.gatehouse.policy.permit.rule.Operation.Relation;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Requirements;
import io.gatehouse.policy.permit.rule.Rule;
import io.gatehouse.policy.permit.rule.RuleBuilder;
import io.gatehouse.policy.permit.rule.Who;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads one rule, and refuses places and groups that there are not. Used by one thread. */
final class RuleReader {
    private final ScheduleReader schedules;
    private final RequirementsReader requirements;
    private final GroupTree groups;
    private final Set<String> alerts;
    private final Set<ZoneCode> zones = new HashSet<>();
    private final Map<PortalId, PortalKind> portals = new HashMap<>();
    private final String site;

    RuleReader(Site site, ScheduleReader schedules, GroupTree groups, Set<String> alerts) {
        this.schedules = schedules;
        this.groups = groups;
        this.alerts = alerts;
        this.site = site.name();
        site.zones().forEach(zone -> zones.add(zone.code()));
        zones.add(ZoneCode.OUTSIDE);
        for (Portal portal : site.portals()) {
            portals.put(portal.id(), portal.kind());
        }
        this.requirements = new RequirementsReader(this::zone, this::group);
    }

    Rule read(Element element) {
        Fields fields = element.fields(
                "id",
                "effect",
                "who",
                "where",
                "may",
                "when",
                "methods",
                "requires",
                "unless",
                "limits",
                "alerts",
                "obligations",
                "message");
        String id = fields.required("id").text();
        Effect effect = fields.required("effect").word(Effect.class);
        RuleBuilder rule = effect == Effect.PERMIT ? Rule.permit(id) : Rule.forbid(id);
        who(fields.required("who"), rule);
        Optional<Element> may = fields.optional("may");
        may.ifPresent(it -> operation(it, rule));
        (may.isPresent() ? fields.optional("where") : Optional.of(fields.required("where")))
                .ifPresent(it -> where(it, rule));
        fields.optional("when").ifPresent(it -> rule.when(schedules.read(it)));
        rule.methods(fields.list("methods", it -> it.word(Method.class)).toArray(Method[]::new));
        requires(fields, effect).ifPresent(rule::requires);
        rule.limits(fields.list("limits", requirements::limit).toArray(Limit[]::new));
        rule.alerts(fields.list("alerts", this::alert).toArray(String[]::new));
        fields.list("obligations", RuleReader::obligation).forEach(it -> rule.obligation(it.code(), it.text()));
        fields.optional("message").ifPresent(it -> rule.message(it.text()));
        return element.made(rule::build);
    }

    /** What a rule that permits requires, a rule that forbids excepts: the word differs, so that nobody misreads it. */
    private Optional<Requirements> requires(Fields fields, Effect effect) {
        String word = effect == Effect.PERMIT ? "requires" : "unless";
        String other = effect == Effect.PERMIT ? "unless" : "requires";
        fields.optional(other).ifPresent(it -> {
            throw it.refuse("'" + word + "' in a rule with effect " + Element.word(effect));
        });
        return fields.optional(word).map(requirements::read);
    }

    private void who(Element element, RuleBuilder rule) {
        if (element.isText()) {
            requireWord(element, "anybody");
            rule.anybody();
            return;
        }
        Fields fields = element.fields("persons", "groups", "departments", "posts", "kinds", "level");
        rule.persons(fields.list("persons", it -> it.parsed("a person's id", PersonId::of))
                .toArray(PersonId[]::new));
        rule.groups(names(fields, "groups", ""));
        rule.departments(names(fields, "departments", Who.DEPARTMENT));
        rule.posts(names(fields, "posts", Who.POST));
        rule.kinds(fields.list("kinds", it -> it.word(PersonKind.class)).toArray(PersonKind[]::new));
        fields.optional("level").ifPresent(it -> rule.level((int) it.integer(0, Person.MAX_LEVEL)));
    }

    private String[] names(Fields fields, String field, String prefix) {
        return fields.list(field, it -> {
                    group(it, prefix);
                    return it.text();
                })
                .toArray(String[]::new);
    }

    private String group(Element element) {
        return group(element, "");
    }

    private String group(Element element, String prefix) {
        String name = prefix + element.text();
        if (!groups.knows(name)) {
            throw element.refuse("a group that is declared under 'groups', there is no '" + name + "'");
        }
        return name;
    }

    private void where(Element element, RuleBuilder rule) {
        if (element.isText()) {
            requireWord(element, "anywhere");
            rule.anywhere();
            return;
        }
        Fields fields = element.fields("zones", "portals", "floors", "direction");
        rule.zones(fields.list("zones", this::zone).toArray(ZoneCode[]::new));
        rule.portals(fields.list("portals", it -> portal(it, kind -> true, "a portal"))
                .toArray(PortalId[]::new));
        rule.portals(fields.list("floors", it -> portal(it, PortalKind.LIFT_FLOOR::equals, "a floor of a lift"))
                .toArray(PortalId[]::new));
        fields.optional("direction").ifPresent(it -> rule.direction(it.word(Direction.class)));
        if (!fields.has("zones") && !fields.has("portals") && !fields.has("floors")) {
            rule.anywhere();
        }
    }

    private ZoneCode zone(Element element) {
        ZoneCode zone = element.parsed("a zone's code", ZoneCode::of);
        if (!zones.contains(zone)) {
            throw element.refuse("a zone of " + site);
        }
        return zone;
    }

    private PortalId portal(Element element, Function<PortalKind, Boolean> fits, String what) {
        PortalId portal = element.parsed("a portal's id", PortalId::of);
        PortalKind kind = portals.get(portal);
        if (kind == null || !fits.apply(kind)) {
            throw element.refuse(what + " of " + site);
        }
        return portal;
    }

    private static void operation(Element element, RuleBuilder rule) {
        Fields fields = element.fields("actions", "resources", "relation");
        rule.may(fields.required("actions").items(it -> it.word(Action.class)).toArray(Action[]::new));
        rule.resources(fields.list("resources", Element::text).toArray(String[]::new));
        fields.optional("relation").ifPresent(it -> rule.relation(it.word(Relation.class)));
    }

    private String alert(Element element) {
        String alert = element.text();
        if (!alerts.contains(alert) && !alert.equals(PolicySet.NORMAL)) {
            throw element.refuse("one of the levels of alert " + alerts);
        }
        return alert;
    }

    private static Obligation obligation(Element element) {
        Fields fields = element.fields("code", "text");
        String code = fields.required("code").text();
        String text = fields.required("text").text();
        return element.made(() -> new Obligation(code, text));
    }

    private static void requireWord(Element element, String word) {
        if (!element.text().equals(word)) {
            throw element.refuse("'" + word + "' or an object");
        }
    }
}
