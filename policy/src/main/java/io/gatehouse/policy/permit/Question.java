package io.gatehouse.policy.permit;

import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.Site;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** Everything that a decision depends on. */
record Question(Site site, Person person, Method method, Portal portal, Direction direction, Instant at) {

    /** The conditions a rule can fail on. */
    enum Condition {
        WHO,
        PLACE,
        DIRECTION,
        HOURS,
        METHOD
    }

    Question at(Instant other) {
        return new Question(site, person, method, portal, direction, other);
    }

    Question theOtherWay() {
        Direction other = direction == Direction.ENTRY ? Direction.EXIT : Direction.ENTRY;
        return new Question(site, person, method, portal, other, at);
    }

    /** The conditions of the rule that do not hold; it applies if there are none. */
    Set<Condition> unmet(Rule rule) {
        Set<Condition> unmet = EnumSet.noneOf(Condition.class);
        if (!rule.who().includes(person)) {
            unmet.add(Condition.WHO);
        }
        if (!rule.where().includesPlace(site, portal, direction)) {
            unmet.add(Condition.PLACE);
        }
        if (!rule.where().includesDirection(direction)) {
            unmet.add(Condition.DIRECTION);
        }
        if (!rule.when().holdsAt(at, site.timeZone())) {
            unmet.add(Condition.HOURS);
        }
        if (!rule.methods().isEmpty() && !rule.methods().contains(method)) {
            unmet.add(Condition.METHOD);
        }
        return unmet;
    }
}
