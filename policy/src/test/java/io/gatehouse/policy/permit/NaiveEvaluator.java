package io.gatehouse.policy.permit;

import io.gatehouse.core.decision.AccessRequest;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.Zone;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.permit.rule.Effect;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import io.gatehouse.policy.permit.rule.Schedule;
import io.gatehouse.policy.permit.rule.WeeklyHours;
import io.gatehouse.policy.permit.rule.Where;
import io.gatehouse.policy.permit.rule.Who;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A second reading of the rules' meaning, which shares no code with the first but the words of the model. */
final class NaiveEvaluator {
    private static final int DAY_SECONDS = 86_400;

    private final Site site;
    private final AccessRequest request;
    private final List<String> forbidden = new ArrayList<>();
    private final List<String> granted = new ArrayList<>();
    private final Set<String> obligations = new HashSet<>();
    private boolean onlyMethod;
    private boolean onlyHours;
    private boolean bothOfThem;
    private boolean otherWay;
    private boolean elsewhere;

    private NaiveEvaluator(Site site, AccessRequest request) {
        this.site = site;
        this.request = request;
    }

    /** The rules and obligations that grant, or the codes of a refusal. */
    static String answer(Site site, PolicySet policy, AccessRequest request) {
        NaiveEvaluator evaluator = new NaiveEvaluator(site, request);
        for (Person person : Campus.PEOPLE) {
            if (person.id().equals(request.who().person())) {
                for (Rule rule : policy.rules()) {
                    if (about(rule.who(), person)) {
                        evaluator.weigh(rule);
                    }
                }
                return evaluator.answer();
            }
        }
        return "permit.unknown-person";
    }

    private void weigh(Rule rule) {
        boolean place = place(rule.where(), site, request, request.direction());
        boolean way =
                rule.where().direction().isEmpty() || rule.where().direction().get() == request.direction();
        boolean hours = hours(rule.when(), request.at().atZone(site.timeZone()));
        boolean method = rule.methods().isEmpty()
                || rule.methods().contains(request.who().method());
        if (place && way && hours && method) {
            apply(rule);
        } else if (rule.effect() == Effect.PERMIT && place && way) {
            onlyMethod |= !method && hours;
            onlyHours |= !hours && method;
            bothOfThem |= !hours && !method;
        } else if (rule.effect() == Effect.PERMIT
                && rule.when().nextOpening(request.at(), site.timeZone()).isPresent()) {
            elsewhere = true;
            otherWay |= !way
                    && place(
                            rule.where(),
                            site,
                            request,
                            rule.where().direction().get());
        }
    }

    private void apply(Rule rule) {
        if (rule.effect() == Effect.FORBID) {
            forbidden.add("permit.forbidden");
        } else {
            granted.add(rule.id());
            rule.obligations().forEach(it -> obligations.add(it.text()));
        }
    }

    private String answer() {
        if (!forbidden.isEmpty()) {
            return String.join(" ", forbidden);
        }
        if (!granted.isEmpty()) {
            return "granted " + granted + " " + obligations;
        }
        if (onlyMethod || onlyHours) {
            return (onlyMethod ? "permit.wrong-method" : "")
                    + (onlyMethod && onlyHours ? " " : "")
                    + (onlyHours ? "permit.outside-hours" : "");
        }
        if (bothOfThem) {
            return "permit.wrong-method permit.outside-hours";
        }
        return otherWay ? "permit.wrong-direction" : elsewhere ? "permit.wrong-zone" : "permit.no-rule";
    }

    private static boolean about(Who who, Person person) {
        boolean inGroup = who.groups().isEmpty();
        for (String group : person.groups()) {
            inGroup |= who.groups().contains(group);
        }
        boolean named = who.persons().isEmpty() || who.persons().contains(person.id());
        return inGroup && named && (who.kinds().isEmpty() || who.kinds().contains(person.kind()));
    }

    private static boolean place(Where where, Site site, AccessRequest request, Direction way) {
        Map<ZoneCode, ZoneCode> parents = new HashMap<>();
        for (Zone zone : site.zones()) {
            zone.parent().ifPresent(parent -> parents.put(zone.code(), parent));
        }
        ZoneCode at = way == Direction.ENTRY
                ? request.portal().inner()
                : request.portal().outer();
        boolean inZone = where.zones().isEmpty();
        while (at != null) {
            inZone |= where.zones().contains(at);
            at = parents.get(at);
        }
        return inZone
                && (where.portals().isEmpty()
                        || where.portals().contains(request.portal().id()));
    }

    /** Counts seconds from the midnight of the day on which the hours would have started: today or yesterday. */
    private static boolean hours(Schedule schedule, ZonedDateTime at) {
        for (int daysAgo = 0; daysAgo < 2; daysAgo++) {
            LocalDate started = at.toLocalDate().minusDays(daysAgo);
            boolean tooEarly = schedule.from().isPresent()
                    && started.compareTo(schedule.from().get()) < 0;
            boolean tooLate = schedule.until().isPresent()
                    && started.compareTo(schedule.until().get()) > 0;
            if (tooEarly || tooLate) {
                continue;
            }
            if (schedule.hours().isEmpty() && daysAgo == 0) {
                return true;
            }
            int now = at.toLocalTime().toSecondOfDay() + daysAgo * DAY_SECONDS;
            for (WeeklyHours range : schedule.hours()) {
                int start = range.start().toSecondOfDay();
                int end = range.end().toSecondOfDay();
                int length = end > start ? end - start : end - start + DAY_SECONDS;
                if (range.days().contains(started.getDayOfWeek()) && now >= start && now < start + length) {
                    return true;
                }
            }
        }
        return false;
    }
}
