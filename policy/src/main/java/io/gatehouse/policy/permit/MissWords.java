package io.gatehouse.policy.permit;

import io.gatehouse.core.identity.Method;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.policy.permit.facts.Facts;
import io.gatehouse.policy.permit.rule.Limit;
import io.gatehouse.policy.permit.rule.Rule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The sentence for each condition that failed: what was asked for, what was found, and since when if it was there before. */
final class MissWords {
    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE", Locale.ENGLISH);
    static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final int MAX_LISTED = 5;

    private MissWords() {}

    /** For rules that all fail on this condition. */
    static Reason of(Condition condition, List<Rule> rules, Facts facts, ZoneId zone) {
        return switch (condition) {
            case METHOD -> PermitTexts.reason(condition.code(), methods(rules), used(facts));
            case EQUIPMENT ->
                PermitTexts.reason(
                        condition.code(),
                        missing(
                                rules,
                                rule -> rule.requires().equipment(),
                                facts.presented().equipment()));
            case TEMPERATURE -> temperature(rules, facts);
            case APPROVAL ->
                lapsed(
                        condition,
                        rules,
                        rule -> rule.requires().approvals(),
                        facts.standing().approvals(),
                        facts,
                        zone);
            case INDUCTION ->
                lapsed(
                        condition,
                        rules,
                        rule -> rule.requires().inductions(),
                        facts.standing().inductions(),
                        facts,
                        zone);
            case OCCUPANCY, PASSBACK, COUNT -> limit(condition, rules, facts);
            default -> PermitTexts.reason(condition.code());
        };
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String methods(List<Rule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.methods().stream())
                .distinct()
                .sorted()
                .map(MissWords::word)
                .collect(Collectors.joining(" or "));
    }

    private static String used(Facts facts) {
        String used = Arrays.stream(Method.values())
                .filter(facts.presented()::hasMethod)
                .map(MissWords::word)
                .collect(Collectors.joining(" and "));
        return used.isEmpty() ? "nothing" : used;
    }

    private static String missing(List<Rule> rules, Function<Rule, Set<String>> asked, Collection<String> had) {
        return rules.stream()
                .flatMap(rule -> asked.apply(rule).stream())
                .filter(name -> !had.contains(name))
                .distinct()
                .sorted()
                .limit(MAX_LISTED)
                .collect(Collectors.joining(", "));
    }

    private static Reason temperature(List<Rule> rules, Facts facts) {
        if (facts.presented().temperature().isEmpty()) {
            return PermitTexts.reason("permit.temperature-not-taken");
        }
        double below = rules.stream()
                .mapToDouble(rule -> rule.requires().temperatureBelow().orElse(0))
                .max()
                .orElse(0);
        return PermitTexts.reason(
                Condition.TEMPERATURE.code(), facts.presented().temperature().getAsDouble(), below);
    }

    /** What was there and has ended is said with its date: "your induction ended on 3 May". */
    private static Reason lapsed(
            Condition condition,
            List<Rule> rules,
            Function<Rule, Set<String>> asked,
            Map<String, Instant> had,
            Facts facts,
            ZoneId zone) {
        Optional<Map.Entry<String, Instant>> last = rules.stream()
                .flatMap(rule -> asked.apply(rule).stream())
                .flatMap(name ->
                        had.entrySet().stream().filter(entry -> entry.getKey().equals(name)))
                .filter(entry -> !entry.getValue().isAfter(facts.at()))
                .max(Map.Entry.comparingByValue(Comparator.naturalOrder()));
        if (last.isEmpty()) {
            Set<String> valid = had.entrySet().stream()
                    .filter(entry -> entry.getValue().isAfter(facts.at()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            return PermitTexts.reason(condition.code(), missing(rules, asked, valid));
        }
        LocalDate ended = LocalDate.ofInstant(last.get().getValue().minusNanos(1), zone);
        return PermitTexts.reason(condition.code() + "-any-more", last.get().getKey(), DATE.format(ended), ended);
    }

    private static Reason limit(Condition condition, List<Rule> rules, Facts facts) {
        if (facts.offLine()) {
            return PermitTexts.reason("permit.off-line");
        }
        List<Limit> limits = rules.stream()
                .flatMap(rule -> rule.limits().stream())
                .filter(limit -> condition
                        == limit.fold(it -> Condition.OCCUPANCY, it -> Condition.PASSBACK, it -> Condition.COUNT))
                .toList();
        int most = limits.stream()
                .mapToInt(limit -> limit.fold(Limit.Occupancy::most, it -> 1, Limit.Count::most))
                .max()
                .orElse(0);
        return PermitTexts.reason(
                condition.code(),
                limits.stream()
                        .map(limit -> limit.zone().value())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", ")),
                most);
    }
}
