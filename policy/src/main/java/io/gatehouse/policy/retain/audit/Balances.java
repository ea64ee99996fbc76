package io.gatehouse.policy.retain.audit;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.ledger.verify.ExportedEntries.Content;
import io.gatehouse.policy.retain.RetentionRule;
import io.gatehouse.policy.retain.RetentionSchedule;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was kept minus what was destroyed, by data class, place, kind of person and first day, as the ledger says. Its
 * memory grows with these, not with the entries. Not thread-safe.
 */
final class Balances {
    private final RetentionSchedule schedule;
    private final SortedMap<String, SortedMap<LocalDate, Long>> byPool = new TreeMap<>();

    Balances(RetentionSchedule schedule) {
        this.schedule = schedule;
    }

    /** Takes the counts of an entry's {@code days-…} facts, {@code sign} times; their sum. */
    long take(Content entry, long sign) {
        String data = entry.facts().getOrDefault("data-class", "");
        long sum = 0;
        for (Map.Entry<String, String> fact : entry.facts().entrySet()) {
            if (fact.getKey().startsWith("days-") && !fact.getValue().isEmpty()) {
                for (String part : fact.getValue().split(";", -1)) {
                    int equals = part.lastIndexOf('=');
                    int bar = part.lastIndexOf('|', equals);
                    long count = Long.parseLong(part.substring(equals + 1));
                    add(
                            data + "|" + part.substring(0, bar),
                            LocalDate.parse(part.substring(bar + 1, equals)),
                            sign * count);
                    sum += count;
                }
            }
        }
        return sum;
    }

    /** Kinds of entries that each stand for a kept item. */
    void count(Content entry) {
        schedule.rules().stream()
                .filter(rule -> rule.countedBy().contains(entry.kind()))
                .map(RetentionRule::dataClass)
                .distinct()
                .forEach(data -> add(
                        data + "|" + entry.zone().orElse("") + "|",
                        entry.occurredAt().atZone(schedule.zone()).toLocalDate(),
                        1));
    }

    private void add(String pool, LocalDate day, long count) {
        byPool.computeIfAbsent(pool, key -> new TreeMap<>()).merge(day, count, Long::sum);
    }

    /** A line for each pool of which something is overdue, and one of which more went than came. */
    List<Map<String, Object>> overdue(LocalDate today) {
        List<Map<String, Object>> lines = new ArrayList<>();
        byPool.forEach((pool, days) -> {
            String[] names = pool.split("\\|", -1);
            Optional<RetentionRule> rule = schedule.ruleFor(DataClass.of(names[0]), some(names[1]), kind(names[2]));
            if (rule.isPresent()) {
                add(lines, names, rule.get(), days, today);
            }
        });
        return lines;
    }

    private static void add(
            List<Map<String, Object>> lines,
            String[] names,
            RetentionRule rule,
            SortedMap<LocalDate, Long> days,
            LocalDate today) {
        long items = 0;
        LocalDate oldest = today;
        for (Map.Entry<LocalDate, Long> each : days.entrySet()) {
            if (each.getValue() > 0 && each.getKey().plus(rule.atMost()).isBefore(today)) {
                items += each.getValue();
                oldest = each.getKey().isBefore(oldest) ? each.getKey() : oldest;
            }
        }
        if (items > 0) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("dataClass", names[0]);
            line.put("place", names[1]);
            line.put("people", names[2]);
            line.put("rule", rule.id());
            line.put("source", rule.source());
            line.put("atMost", rule.atMost());
            line.put("items", items);
            line.put("oldest", oldest);
            lines.add(line);
        }
    }

    /** What is kept by a data class that no rule is about, and what more went of than came. */
    List<Map<String, Object>> odd() {
        List<Map<String, Object>> lines = new ArrayList<>();
        byPool.forEach((pool, days) -> {
            String[] names = pool.split("\\|", -1);
            long sum = days.values().stream().mapToLong(Long::longValue).sum();
            long minus = days.values().stream()
                    .mapToLong(count -> Math.max(0, -count))
                    .sum();
            boolean isRuled = schedule.ruleFor(DataClass.of(names[0]), some(names[1]), kind(names[2]))
                    .isPresent();
            if (minus > 0 || (!isRuled && sum > 0)) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("dataClass", names[0]);
                line.put("place", names[1]);
                line.put("people", names[2]);
                line.put("what", minus > 0 ? "more-destroyed-than-kept" : "kept-without-a-rule");
                line.put("items", minus > 0 ? minus : sum);
                lines.add(line);
            }
        });
        return lines;
    }

    private static Optional<String> some(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<PersonKind> kind(String word) {
        return some(word).map(text -> PersonKind.valueOf(text.toUpperCase(Locale.ROOT)));
    }
}
