package io.gatehouse.policy.permit;

import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.permit.facts.Facts;
import io.gatehouse.policy.permit.facts.Facts.Doing;
import io.gatehouse.policy.permit.facts.Facts.Passing;
import io.gatehouse.policy.permit.facts.Presented;
import io.gatehouse.policy.permit.facts.Standing;
import io.gatehouse.policy.permit.rule.Effect;
import io.gatehouse.policy.permit.rule.GroupTree;
import io.gatehouse.policy.permit.rule.Limit;
import io.gatehouse.policy.permit.rule.Limit.OffLine;
import io.gatehouse.policy.permit.rule.Limit.Passback.Mode;
import io.gatehouse.policy.permit.rule.Operation;
import io.gatehouse.policy.permit.rule.Operation.Resource;
import io.gatehouse.policy.permit.rule.Requirements;
import io.gatehouse.policy.permit.rule.Rule;
import io.gatehouse.policy.permit.rule.Who;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks one rule after the other. It is the plain meaning of a policy, which anything faster has to agree with, and it explains
 * what that has decided. Immutable and thread-safe.
 */
final class Evaluator {
    private static final Set<Condition> PLAIN =
            EnumSet.of(Condition.WHO, Condition.PLACE, Condition.DIRECTION, Condition.METHOD, Condition.HOURS);

    private final Site site;
    private final GroupTree groups;

    Evaluator(Site site, GroupTree groups) {
        this.site = site;
        this.groups = groups;
    }

    Site site() {
        return site;
    }

    /** 0, or the bits of {@link Condition} that say why not. */
    int verdict(List<Rule> rules, Facts facts) {
        if (facts.asked() instanceof Passing passing
                && site.portal(passing.portal()).isEmpty()) {
            return Condition.UNKNOWN_PORTAL.bit();
        }
        int forbidden = 0;
        int nearest = Tables.NONE_NEAR;
        for (Rule rule : rules) {
            Set<Condition> unmet = unmet(rule, facts);
            if (unmet.contains(Condition.WHO)
                    || unmet.contains(Condition.PLACE)
                    || unmet.contains(Condition.DIRECTION)) {
                continue;
            }
            if (rule.effect() == Effect.PERMIT) {
                nearest = Tables.nearer(nearest, Condition.bits(unmet));
            } else if (applies(rule, unmet)) {
                forbidden |= Condition.FORBIDDEN.bit() | Condition.bits(unmet);
            }
        }
        return forbidden != 0 ? forbidden : Tables.verdict(nearest);
    }

    /** Whether a rule decides: all of its conditions hold, or, if it forbids unless something holds, that does not. */
    static boolean applies(Rule rule, Set<Condition> unmet) {
        if (rule.effect() == Effect.PERMIT) {
            return unmet.isEmpty();
        }
        return unmet.stream().noneMatch(PLAIN::contains) && (!rule.isConditional() || !unmet.isEmpty());
    }

    boolean isAbout(Rule rule, Person person) {
        return rule.who().includes(person, groups.closure(person.groups()));
    }

    /** The conditions of the rule that do not hold. */
    Set<Condition> unmet(Rule rule, Facts facts) {
        Set<Condition> unmet = EnumSet.noneOf(Condition.class);
        if (!isAbout(rule, facts.subject().person())) {
            unmet.add(Condition.WHO);
        }
        if (!isPlace(rule, facts)) {
            unmet.add(Condition.PLACE);
        }
        if (facts.asked() instanceof Passing passing && !rule.where().includesDirection(passing.direction())) {
            unmet.add(Condition.DIRECTION);
        }
        if (!rule.when().holdsAt(facts.at(), site.timeZone())) {
            unmet.add(Condition.HOURS);
        }
        if (!rule.methods().isEmpty() && rule.methods().stream().noneMatch(facts.presented()::hasMethod)) {
            unmet.add(Condition.METHOD);
        }
        addShown(unmet, rule, facts.presented());
        addHad(unmet, rule.requires(), facts);
        rule.limits().stream()
                .filter(limit -> facts.asked() instanceof Passing passing && isReached(limit, facts, passing))
                .forEach(limit -> unmet.add(
                        limit.fold(it -> Condition.OCCUPANCY, it -> Condition.PASSBACK, it -> Condition.COUNT)));
        return unmet;
    }

    private boolean isPlace(Rule rule, Facts facts) {
        if (facts.asked() instanceof Passing passing) {
            Optional<Portal> portal = site.portal(passing.portal());
            return rule.operation().isEmpty()
                    && portal.isPresent()
                    && rule.where().includesPlace(site, portal.get(), passing.direction());
        }
        return rule.operation().isPresent()
                && isOperation(rule, rule.operation().get(), facts);
    }

    private boolean isOperation(Rule rule, Operation operation, Facts facts) {
        Doing doing = (Doing) facts.asked();
        Resource resource = doing.resource();
        Set<ZoneCode> zones = rule.where().zones();
        boolean inZone = zones.isEmpty()
                || resource.zone()
                        .filter(inner -> zones.stream().anyMatch(outer -> site.contains(outer, inner)))
                        .isPresent();
        Person person = facts.subject().person();
        boolean related = switch (operation.relation()) {
            case ANY -> true;
            case OWN -> resource.owner().filter(person.id()::equals).isPresent();
            case DEPARTMENT ->
                resource.department()
                        .map(Who.DEPARTMENT::concat)
                        .filter(groups.closure(person.groups())::contains)
                        .isPresent();
        };
        return operation.actions().contains(doing.action())
                && (operation.resources().isEmpty() || operation.resources().contains(resource.kind()))
                && inZone
                && related;
    }

    private static void addShown(Set<Condition> unmet, Rule rule, Presented shown) {
        Requirements asks = rule.requires();
        Collection<Method> methods = rule.methods().isEmpty() ? Arrays.asList(Method.values()) : rule.methods();
        boolean sure = asks.maxFalseMatchRate() == 1
                || methods.stream().anyMatch(it -> shown.score(it) >= Extra.score(asks.maxFalseMatchRate()));
        addUnless(sure, Condition.STRENGTH, unmet);
        long kinds = Arrays.stream(Method.values()).filter(shown::hasMethod).count();
        addUnless(asks.kinds() == 1 || kinds >= asks.kinds(), Condition.KINDS, unmet);
        addUnless(!asks.liveness() || shown.liveness(), Condition.LIVENESS, unmet);
        addUnless(!asks.escort() || !shown.escorts().isEmpty(), Condition.ESCORT, unmet);
        addUnless(shown.equipment().containsAll(asks.equipment()), Condition.EQUIPMENT, unmet);
        boolean cool = asks.temperatureBelow().isEmpty()
                || (shown.temperature().isPresent()
                        && shown.temperature().getAsDouble()
                                < asks.temperatureBelow().getAsDouble());
        addUnless(cool, Condition.TEMPERATURE, unmet);
    }

    private void addHad(Set<Condition> unmet, Requirements asks, Facts facts) {
        Standing standing = facts.standing();
        addUnless(standing.consents().containsAll(asks.consents()), Condition.CONSENT, unmet);
        addUnless(inForce(standing.approvals(), asks.approvals(), facts.at()), Condition.APPROVAL, unmet);
        addUnless(inForce(standing.inductions(), asks.inductions(), facts.at()), Condition.INDUCTION, unmet);
        addUnless(!asks.visit() || visits(standing, facts), Condition.VISIT, unmet);
    }

    private static void addUnless(boolean holds, Condition condition, Set<Condition> unmet) {
        if (!holds) {
            unmet.add(condition);
        }
    }

    private static boolean inForce(Map<String, Instant> had, Set<String> asked, Instant at) {
        return asked.stream()
                .allMatch(name -> had.getOrDefault(name, Instant.MIN).isAfter(at));
    }

    private boolean visits(Standing standing, Facts facts) {
        return standing.stay()
                .filter(stay -> stay.covers(facts.at()))
                .filter(stay -> stay.areas().isEmpty()
                        || !(facts.asked() instanceof Passing passing)
                        || site.portal(passing.portal())
                                .map(portal -> portal.destination(passing.direction()))
                                .filter(to -> stay.areas().stream().anyMatch(area -> site.contains(area, to)))
                                .isPresent())
                .isPresent();
    }

    private boolean isReached(Limit limit, Facts facts, Passing passing) {
        Optional<Portal> portal = site.portal(passing.portal());
        boolean enters = portal.isPresent()
                && site.contains(limit.zone(), portal.get().destination(passing.direction()))
                && !site.contains(limit.zone(), portal.get().destination(opposite(passing.direction())));
        if (!enters) {
            return false;
        }
        if (facts.offLine() && limit.offLine() != OffLine.LOCAL && !isIdle(limit, facts)) {
            return limit.offLine() == OffLine.DENY;
        }
        return limit.fold(
                it -> facts.site().occupancy().getOrDefault(it.zone(), 0) >= it.most()
                        && !facts.site().inside().contains(it.zone()),
                it -> !isIdle(it, facts) && isPassedBack(it, facts),
                it -> entriesWithin(it.zone(), it.within(), facts) >= it.most());
    }

    /** Soft ones refuse nobody, and nobody who is exempt is refused. */
    private boolean isIdle(Limit limit, Facts facts) {
        Set<String> memberships = groups.closure(facts.subject().person().groups());
        return limit.fold(
                it -> false,
                it -> it.mode() == Mode.SOFT || it.exempt().stream().anyMatch(memberships::contains),
                it -> false);
    }

    private static boolean isPassedBack(Limit.Passback limit, Facts facts) {
        return limit.mode() == Mode.TIMED
                ? entriesWithin(limit.zone(), limit.within(), facts) > 0
                : facts.site().inside().contains(limit.zone());
    }

    private static long entriesWithin(ZoneCode zone, Duration within, Facts facts) {
        return facts.site().entries().getOrDefault(zone, List.of()).stream()
                .filter(entry -> entry.plus(within).isAfter(facts.at()))
                .count();
    }

    /** Whether somebody passes whom a soft limit only marks. */
    boolean isMarked(Rule rule, Facts facts) {
        return facts.asked() instanceof Passing passing
                && rule.limits().stream()
                        .anyMatch(limit -> limit.fold(
                                it -> false,
                                it -> it.mode() == Mode.SOFT
                                        && isReached(
                                                new Limit.Passback(
                                                        it.zone(), Mode.HARD, it.within(), it.exempt(), it.offLine()),
                                                facts,
                                                passing),
                                it -> false));
    }

    static Direction opposite(Direction direction) {
        return direction == Direction.ENTRY ? Direction.EXIT : Direction.ENTRY;
    }
}
