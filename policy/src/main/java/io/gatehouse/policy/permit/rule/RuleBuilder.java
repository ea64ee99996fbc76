package io.gatehouse.policy.permit.rule;

import io.gatehouse.core.decision.Obligation;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.permit.rule.Operation.Action;
import io.gatehouse.policy.permit.rule.Operation.Relation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Collects the parts of a {@link Rule}. Whom and where must be said, with {@link #anybody} and {@link #anywhere} if
 * need be: a rule that forgot its condition would open the house to all. Not thread-safe.
 */
public final class RuleBuilder {
    private final String id;
    private final Effect effect;
    private final Set<PersonId> persons = new HashSet<>();
    private final Set<String> groups = new HashSet<>();
    private final Set<String> departments = new HashSet<>();
    private final Set<String> posts = new HashSet<>();
    private final Set<PersonKind> kinds = new HashSet<>();
    private final Set<ZoneCode> zones = new HashSet<>();
    private final Set<PortalId> portals = new HashSet<>();
    private final Set<Action> actions = new HashSet<>();
    private final Set<String> resources = new HashSet<>();
    private final Set<Method> methods = new HashSet<>();
    private final Set<String> alerts = new HashSet<>();
    private final List<Limit> limits = new ArrayList<>();
    private final List<Obligation> obligations = new ArrayList<>();
    private int level;
    private boolean anybody;
    private boolean anywhere;
    private Relation relation = Relation.ANY;
    private Optional<Direction> direction = Optional.empty();
    private Schedule when = Schedule.always();
    private Requirements requires = Requirements.none();
    private Optional<String> message = Optional.empty();

    RuleBuilder(String id, Effect effect) {
        this.id = Objects.requireNonNull(id, "id");
        this.effect = effect;
    }

    public RuleBuilder anybody() {
        anybody = true;
        return this;
    }

    public RuleBuilder persons(PersonId... values) {
        persons.addAll(List.of(values));
        return this;
    }

    public RuleBuilder groups(String... values) {
        groups.addAll(List.of(values));
        return this;
    }

    public RuleBuilder departments(String... values) {
        departments.addAll(List.of(values));
        return this;
    }

    public RuleBuilder posts(String... values) {
        posts.addAll(List.of(values));
        return this;
    }

    public RuleBuilder kinds(PersonKind... values) {
        kinds.addAll(List.of(values));
        return this;
    }

    /** People of this level or above. */
    public RuleBuilder level(int least) {
        level = least;
        return this;
    }

    public RuleBuilder anywhere() {
        anywhere = true;
        return this;
    }

    /** Destination zones, sub-zones included; for a rule about resources, where these were recorded. */
    public RuleBuilder zones(ZoneCode... values) {
        zones.addAll(List.of(values));
        return this;
    }

    public RuleBuilder portals(PortalId... values) {
        portals.addAll(List.of(values));
        return this;
    }

    public RuleBuilder direction(Direction value) {
        direction = Optional.of(value);
        return this;
    }

    /** Makes it a rule about resources: what may be done. Where they are need not be said then. */
    public RuleBuilder may(Action... values) {
        actions.addAll(List.of(values));
        return this;
    }

    /** Kinds of resources; none for every kind. */
    public RuleBuilder resources(String... kinds) {
        resources.addAll(List.of(kinds));
        return this;
    }

    /** Only resources that have this to do with whoever asks. */
    public RuleBuilder relation(Relation value) {
        relation = value;
        return this;
    }

    public RuleBuilder when(Schedule value) {
        when = Objects.requireNonNull(value, "when");
        return this;
    }

    /** Shorthand for a schedule of these hours without dates. */
    public RuleBuilder when(WeeklyHours... values) {
        return when(Schedule.of(values));
    }

    public RuleBuilder methods(Method... values) {
        methods.addAll(List.of(values));
        return this;
    }

    /** What must be shown or had; in a rule that forbids, read as "unless". */
    public RuleBuilder requires(Requirements value) {
        requires = Objects.requireNonNull(value, "requires");
        return this;
    }

    /** What depends on who is where; in a rule that forbids, read as "unless kept". */
    public RuleBuilder limits(Limit... values) {
        limits.addAll(List.of(values));
        return this;
    }

    /** The levels of alert at which the rule is in force; none said, all. */
    public RuleBuilder alerts(String... levels) {
        alerts.addAll(List.of(levels));
        return this;
    }

    public RuleBuilder obligation(String code, String text) {
        obligations.add(new Obligation(code, text));
        return this;
    }

    public RuleBuilder message(String value) {
        message = Optional.of(value);
        return this;
    }

    /** The rule; an {@link IllegalArgumentException} if it does not say whom or where, or says both anybody and whom. */
    public Rule build() {
        Who who = new Who(persons, groups, departments, posts, kinds, level);
        requireSaid("whom it is about", "anybody()", anybody, !who.isAnybody());
        boolean somewhere = !(zones.isEmpty() && portals.isEmpty());
        if (actions.isEmpty()) {
            requireSaid("where it holds", "anywhere()", anywhere, somewhere);
            requireNoResource();
        } else if (anywhere && somewhere) {
            requireSaid("where it holds", "anywhere()", true, true);
        }
        return new Rule(
                id,
                effect,
                who,
                new Where(zones, portals, direction),
                actions.isEmpty() ? Optional.empty() : Optional.of(new Operation(actions, resources, relation)),
                when,
                methods,
                requires,
                limits,
                alerts,
                obligations,
                message);
    }

    private void requireNoResource() {
        if (!resources.isEmpty() || relation != Relation.ANY) {
            throw new IllegalArgumentException(
                    "rule " + id + " names resources but not what may be done with them: say may(…)");
        }
    }

    private void requireSaid(String what, String all, boolean isAll, boolean isSome) {
        if (isAll == isSome) {
            throw new IllegalArgumentException(
                    "rule " + id + " must say " + what + ": either some or " + all + (isAll ? ", not both" : ""));
        }
    }
}
