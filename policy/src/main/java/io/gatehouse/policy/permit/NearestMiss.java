package io.gatehouse.policy.permit;

import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.Zone;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.permit.Question.Condition;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
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
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE", Locale.ENGLISH);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final Set<Condition> HERE = EnumSet.of(Condition.HOURS, Condition.METHOD);
    private static final int MAX_LISTED = 5;
    private static final int MAX_NAME = 60;

    private final PolicySet policy;
    private final Question question;

    NearestMiss(PolicySet policy, Question question) {
        this.policy = policy;
        this.question = question;
    }

    List<Reason> reasons() {
        List<Rule> theirs = policy.rules().stream()
                .filter(rule -> rule.effect() == Effect.PERMIT && rule.who().includes(question.person()))
                .toList();
        List<Rule> here = only(theirs, unmet -> HERE.containsAll(unmet));
        if (!here.isEmpty()) {
            return failingHere(here);
        }
        List<Rule> alive =
                theirs.stream().filter(rule -> opening(rule).isPresent()).toList();
        if (alive.isEmpty()) {
            return List.of(Reason.of(
                    "permit.no-rule",
                    "No rule that is in force gives you a permission: ask for one at the reception."));
        }
        if (alive.stream().anyMatch(this::holdsTheOtherWay)) {
            return List.of(wrongDirection());
        }
        return List.of(wrongZone(alive));
    }

    /** For rules that name a direction; of the others, leaving and entering are questions about different zones. */
    private boolean holdsTheOtherWay(Rule rule) {
        return question.unmet(rule).contains(Condition.DIRECTION)
                && HERE.containsAll(question.theOtherWay().unmet(rule));
    }

    private List<Rule> only(List<Rule> rules, Predicate<Set<Condition>> test) {
        return rules.stream().filter(rule -> test.test(question.unmet(rule))).toList();
    }

    private List<Reason> failingHere(List<Rule> here) {
        int fewest = here.stream()
                .mapToInt(rule -> question.unmet(rule).size())
                .min()
                .orElseThrow();
        List<Rule> nearest = only(here, unmet -> unmet.size() == fewest);
        List<Rule> closed = only(nearest, unmet -> unmet.contains(Condition.HOURS));
        List<Rule> otherMethod = only(nearest, unmet -> unmet.contains(Condition.METHOD));
        List<Reason> reasons = new ArrayList<>();
        if (!otherMethod.isEmpty()) {
            reasons.add(wrongMethod(otherMethod));
        }
        if (!closed.isEmpty()) {
            reasons.add(outsideHours(closed));
        }
        return reasons;
    }

    private Reason wrongMethod(List<Rule> rules) {
        String ways = rules.stream()
                .flatMap(rule -> rule.methods().stream())
                .distinct()
                .sorted()
                .map(method -> method.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or "));
        return Reason.of(
                "permit.wrong-method",
                "Here you need: " + ways + "; you used: "
                        + question.method().name().toLowerCase(Locale.ROOT) + ".");
    }

    private Reason outsideHours(List<Rule> closed) {
        Optional<ZonedDateTime> opening =
                closed.stream().flatMap(rule -> opening(rule).stream()).min(Comparator.naturalOrder());
        String text = opening.map(this::openingText).orElseGet(() -> endText(closed));
        return Reason.of("permit.outside-hours", text);
    }

    private Optional<ZonedDateTime> opening(Rule rule) {
        return rule.when().nextOpening(question.at(), question.site().timeZone());
    }

    /** Does not promise an opening at which a rule forbids the passage. */
    private String openingText(ZonedDateTime opening) {
        if (!Evaluator.applying(policy, Effect.FORBID, question.at(opening.toInstant()))
                .isEmpty()) {
            return "Your permission for this place does not hold now.";
        }
        LocalDate today = LocalDate.ofInstant(question.at(), question.site().timeZone());
        boolean thisWeek = opening.toLocalDate().isBefore(today.plusDays(7));
        return "You may from " + TIME.format(opening) + " on " + DAY.format(opening)
                + (thisWeek ? "" : ", " + DATE.format(opening)) + ".";
    }

    private static String endText(List<Rule> closed) {
        return closed.stream()
                .flatMap(rule -> rule.when().until().stream())
                .max(Comparator.naturalOrder())
                .map(last -> "Your permission for this place ended on " + DATE.format(last) + ".")
                .orElse("Your permission for this place never holds.");
    }

    private Reason wrongDirection() {
        return Reason.of(
                "permit.wrong-direction",
                question.direction() == Direction.ENTRY
                        ? "Your permission here is for leaving, not for entering."
                        : "Your permission here is for entering, not for leaving.");
    }

    private Reason wrongZone(List<Rule> alive) {
        Site site = question.site();
        Stream<String> zones =
                alive.stream().flatMap(rule -> rule.where().zones().stream()).map(zone -> zoneName(site, zone));
        Stream<String> portals =
                alive.stream().flatMap(rule -> rule.where().portals().stream()).map(portal -> portalName(site, portal));
        ZoneCode destination = question.portal().destination(question.direction());
        return Reason.of(
                "permit.wrong-zone",
                "Your permissions: "
                        + listed(Stream.concat(zones, portals).collect(Collectors.toSet())) + "; this is: "
                        + clipped(zoneName(site, destination)) + " by "
                        + clipped(question.portal().name()) + ".");
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
