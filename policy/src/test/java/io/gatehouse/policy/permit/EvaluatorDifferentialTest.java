package io.gatehouse.policy.permit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.decision.AccessRequest;
import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.decision.Obligation;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.Zone;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.reason.Reason;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Compares decisions with a second reading of the rules' meaning, written with nothing of the first. */
class EvaluatorDifferentialTest {
    private static final int CASES = 30_000;
    private static final int REQUESTS_A_POLICY = 20;
    private static final int DAY_SECONDS = 86_400;

    @Test
    @DisplayName("ENT-4 decisions agree with an independent naive evaluator on random policies")
    void agreesWithNaiveEvaluator() {
        long seed = System.nanoTime();
        System.out.println("agreesWithNaiveEvaluator seed " + seed);
        Random random = new Random(seed);
        Map<String, Integer> answers = new TreeMap<>();
        for (int i = 0; i < CASES / REQUESTS_A_POLICY; i++) {
            ZoneId zone = RandomPolicies.ZONES.get(random.nextInt(RandomPolicies.ZONES.size()));
            Site site = Campus.site(zone);
            PolicySet policy = RandomPolicies.policy(random);
            PermitDecider decider = PermitDecider.create(site, Campus.DIRECTORY, policy);
            for (int j = 0; j < REQUESTS_A_POLICY; j++) {
                AccessRequest request = RandomPolicies.request(random, zone);
                String expected = naive(site, policy, request);
                assertThat(words(decider.decide(request)))
                        .as("seed %d, %s, %s", seed, policy, request)
                        .isEqualTo(expected);
                answers.merge(expected.startsWith("granted") ? "granted" : expected, 1, Integer::sum);
            }
        }
        System.out.println("answers met: " + answers);
        assertThat(answers.keySet())
                .as("kinds of answers met, seed %d", seed)
                .contains(
                        "granted",
                        "permit.no-rule",
                        "permit.outside-hours",
                        "permit.wrong-direction",
                        "permit.wrong-method",
                        "permit.wrong-method permit.outside-hours",
                        "permit.wrong-zone",
                        "permit.unknown-person");
    }

    private static String words(Decision decision) {
        return decision.fold(
                granted -> "granted " + granted.rules() + " " + texts(granted.obligations()),
                denied -> String.join(
                        " ", denied.reasons().stream().map(Reason::code).toList()));
    }

    private static Set<String> texts(List<Obligation> obligations) {
        Set<String> texts = new HashSet<>();
        obligations.forEach(it -> texts.add(it.text()));
        assertThat(obligations).hasSameSizeAs(texts);
        return texts;
    }

    private static String naive(Site site, PolicySet policy, AccessRequest request) {
        Person person = null;
        for (Person one : Campus.PEOPLE) {
            if (one.id().equals(request.who().person())) {
                person = one;
            }
        }
        if (person == null) {
            return "permit.unknown-person";
        }
        List<String> forbidden = new ArrayList<>();
        List<String> granted = new ArrayList<>();
        Set<String> obligations = new HashSet<>();
        boolean onlyMethod = false;
        boolean onlyHours = false;
        boolean bothOfThem = false;
        boolean otherWay = false;
        boolean elsewhere = false;
        for (Rule rule : policy.rules()) {
            if (!about(rule.who(), person)) {
                continue;
            }
            boolean place = place(rule.where(), site, request);
            boolean way = rule.where().direction().isEmpty()
                    || rule.where().direction().get() == request.direction();
            boolean hours = hours(rule.when(), request.at().atZone(site.timeZone()));
            boolean method = rule.methods().isEmpty()
                    || rule.methods().contains(request.who().method());
            if (place && way && hours && method) {
                if (rule.effect() == Effect.FORBID) {
                    forbidden.add("permit.forbidden");
                } else {
                    granted.add(rule.id());
                    rule.obligations().forEach(it -> obligations.add(it.text()));
                }
            } else if (rule.effect() == Effect.PERMIT) {
                if (place && way) {
                    onlyMethod |= !method && hours;
                    onlyHours |= !hours && method;
                    bothOfThem |= !hours && !method;
                } else if (rule.when()
                        .nextOpening(request.at(), site.timeZone())
                        .isPresent()) {
                    otherWay |= place;
                    elsewhere = true;
                }
            }
        }
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

    private static boolean place(Where where, Site site, AccessRequest request) {
        Map<ZoneCode, ZoneCode> parents = new HashMap<>();
        for (Zone zone : site.zones()) {
            zone.parent().ifPresent(parent -> parents.put(zone.code(), parent));
        }
        ZoneCode at = request.direction() == Direction.ENTRY
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
