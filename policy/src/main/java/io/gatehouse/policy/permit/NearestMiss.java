package io.gatehouse.policy.permit;

import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.Zone;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.permit.facts.Facts;
import io.gatehouse.policy.permit.facts.Facts.Doing;
import io.gatehouse.policy.permit.facts.Facts.Passing;
import io.gatehouse.policy.permit.rule.Effect;
import io.gatehouse.policy.permit.rule.Rule;
import io.gatehouse.policy.permit.rule.Schedule;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says why nothing permits a passage, by the rules that came nearest: first those for this person at this place, of
 * them those that fail on the fewest conditions; then those for this place the other way; then those for other places.
 */
final class NearestMiss {
    private static final Set<Condition> ELSEWHERE = EnumSet.of(Condition.PLACE, Condition.DIRECTION);
    private static final int MAX_LISTED = 5;
    private static final int MAX_NAME = 60;
    private static final int WEEK = 7;

    private final Evaluator evaluator;
    private final List<Rule> rules;
    private final Facts facts;

    /** The rules are those about the person. */
    NearestMiss(Evaluator evaluator, List<Rule> rules, Facts facts) {
        this.evaluator = evaluator;
        this.rules = rules;
        this.facts = facts;
    }

    List<Reason> reasons() {
        List<Rule> theirs =
                rules.stream().filter(rule -> rule.effect() == Effect.PERMIT).toList();
        List<Rule> here = only(theirs, unmet -> unmet.stream().noneMatch(ELSEWHERE::contains));
        if (!here.isEmpty()) {
            return failingHere(here);
        }
        if (facts.asked() instanceof Doing doing) {
            return List.of(PermitTexts.reason(
                    "permit.no-right",
                    MissWords.word(doing.action()),
                    doing.resource().kind()));
        }
        List<Rule> alive = theirs.stream()
                .filter(rule -> rule.operation().isEmpty() && opening(rule).isPresent())
                .toList();
        if (alive.isEmpty()) {
            return List.of(PermitTexts.reason(Condition.NO_RULE.code()));
        }
        if (alive.stream().anyMatch(this::holdsTheOtherWay)) {
            return List.of(wrongDirection());
        }
        return List.of(wrongZone(alive));
    }

    /** For rules that name a direction; of the others, leaving and entering are questions about different zones. */
    private boolean holdsTheOtherWay(Rule rule) {
        Passing passing = (Passing) facts.asked();
        Facts otherWay = facts.asking(new Passing(passing.portal(), Evaluator.opposite(passing.direction())));
        return evaluator.unmet(rule, facts).contains(Condition.DIRECTION)
                && evaluator.unmet(rule, otherWay).stream().noneMatch(ELSEWHERE::contains);
    }

    private List<Rule> only(List<Rule> among, Predicate<Set<Condition>> test) {
        return among.stream()
                .filter(rule -> test.test(evaluator.unmet(rule, facts)))
                .toList();
    }

    private List<Reason> failingHere(List<Rule> here) {
        int fewest = here.stream()
                .mapToInt(rule -> evaluator.unmet(rule, facts).size())
                .min()
                .orElseThrow();
        List<Rule> nearest = only(here, unmet -> unmet.size() == fewest);
        List<Reason> reasons = new ArrayList<>();
        for (Condition condition : Condition.values()) {
            List<Rule> failing = only(nearest, unmet -> unmet.contains(condition));
            if (!failing.isEmpty()) {
                reasons.add(
                        condition == Condition.HOURS
                                ? outsideHours(failing)
                                : MissWords.of(
                                        condition,
                                        failing,
                                        facts,
                                        evaluator.site().timeZone()));
            }
        }
        return reasons;
    }

    private Reason outsideHours(List<Rule> closed) {
        return closed.stream()
                .flatMap(rule -> opening(rule).stream())
                .min(Comparator.naturalOrder())
                .map(this::opens)
                .orElseGet(() -> ended(closed));
    }

    private Optional<ZonedDateTime> opening(Rule rule) {
        return rule.when().nextOpening(facts.at(), evaluator.site().timeZone());
    }

    /** Does not promise an opening at which a rule forbids the passage. */
    private Reason opens(ZonedDateTime opening) {
        Facts then = facts.at(opening.toInstant());
        boolean forbidden = rules.stream()
                .filter(rule -> rule.effect() == Effect.FORBID)
                .anyMatch(rule -> Evaluator.applies(rule, evaluator.unmet(rule, then)));
        if (forbidden) {
            return PermitTexts.reason("permit.closed-now");
        }
        LocalDate today = LocalDate.ofInstant(facts.at(), opening.getZone());
        boolean thisWeek = opening.toLocalDate().isBefore(today.plusDays(WEEK));
        return PermitTexts.reason(
                Condition.HOURS.code(),
                MissWords.TIME.format(opening),
                MissWords.DAY.format(opening),
                thisWeek ? "" : ", " + MissWords.DATE.format(opening),
                opening.toLocalDate());
    }

    private static Reason ended(List<Rule> closed) {
        return closed.stream()
                .flatMap(rule -> lastDate(rule.when()).stream())
                .max(Comparator.naturalOrder())
                .map(last -> PermitTexts.reason("permit.ended", MissWords.DATE.format(last), last))
                .orElseGet(() -> PermitTexts.reason("permit.never"));
    }

    private static Optional<LocalDate> lastDate(Schedule schedule) {
        return schedule.until().or(() -> schedule.only().stream().max(Comparator.naturalOrder()));
    }

    private Reason wrongDirection() {
        boolean entering = ((Passing) facts.asked()).direction() == Direction.ENTRY;
        return PermitTexts.reason(
                "permit.wrong-direction", entering ? "leaving" : "entering", entering ? "entering" : "leaving");
    }

    private Reason wrongZone(List<Rule> alive) {
        Site site = evaluator.site();
        Passing passing = (Passing) facts.asked();
        Portal portal = site.portal(passing.portal()).orElseThrow();
        Stream<String> zones =
                alive.stream().flatMap(rule -> rule.where().zones().stream()).map(zone -> zoneName(site, zone));
        Stream<String> portals =
                alive.stream().flatMap(rule -> rule.where().portals().stream()).map(id -> portalName(site, id));
        return PermitTexts.reason(
                "permit.wrong-zone",
                listed(Stream.concat(zones, portals).collect(Collectors.toSet())),
                clipped(zoneName(site, portal.destination(passing.direction()))),
                clipped(portal.name()));
    }

    private static String zoneName(Site site, ZoneCode code) {
        return site.zone(code).map(Zone::name).orElseGet(code::value);
    }

    private static String portalName(Site site, PortalId id) {
        return site.portal(id).orElseThrow().name();
    }

    private static String listed(Collection<String> names) {
        String first = names.stream()
                .sorted()
                .limit(MAX_LISTED)
                .map(NearestMiss::clipped)
                .collect(Collectors.joining(", "));
        return names.size() > MAX_LISTED ? first + " and " + (names.size() - MAX_LISTED) + " more" : first;
    }

    private static String clipped(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…";
    }
}
