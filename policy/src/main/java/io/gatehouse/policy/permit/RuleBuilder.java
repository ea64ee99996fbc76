package io.gatehouse.policy.permit;

import io.gatehouse.core.decision.Obligation;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
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
    private final Set<PersonKind> kinds = new HashSet<>();
    private final Set<ZoneCode> zones = new HashSet<>();
    private final Set<PortalId> portals = new HashSet<>();
    private final Set<Method> methods = new HashSet<>();
    private final List<Obligation> obligations = new ArrayList<>();
    private boolean anybody;
    private boolean anywhere;
    private Optional<Direction> direction = Optional.empty();
    private Schedule when = Schedule.always();
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

    public RuleBuilder kinds(PersonKind... values) {
        kinds.addAll(List.of(values));
        return this;
    }

    public RuleBuilder anywhere() {
        anywhere = true;
        return this;
    }

    /** Destination zones, with all that lies in them. */
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
        requireSaid(
                "whom it is about", "anybody()", anybody, !(persons.isEmpty() && groups.isEmpty() && kinds.isEmpty()));
        requireSaid("where it holds", "anywhere()", anywhere, !(zones.isEmpty() && portals.isEmpty()));
        return new Rule(
                id,
                effect,
                new Who(persons, groups, kinds),
                new Where(zones, portals, direction),
                when,
                methods,
                obligations,
                message);
    }

    private void requireSaid(String what, String all, boolean isAll, boolean isSome) {
        if (isAll == isSome) {
            throw new IllegalArgumentException(
                    "rule " + id + " must say " + what + ": either some or " + all + (isAll ? ", not both" : ""));
        }
    }
}
