package io.gatehouse.policy.retain;

import io.gatehouse.core.keep.Keeper;
import io.gatehouse.core.keep.KeptItem;
import io.gatehouse.policy.retain.PurgePlan.Line;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what is over, page by page. Immutable; thread-safe. */
record Planner(RetentionSchedule schedule, List<Keeper> keepers, LegalHolds holds) {
    /** Takes what is over of one page: what is to be destroyed, and what is held. */
    @FunctionalInterface
    interface Pages {
        void take(List<KeptItem> due, List<KeptItem> held) throws IOException;
    }

    void pages(Keeper keeper, Instant now, int size, Pages pages) throws IOException {
        Optional<Instant> until = PurgeJob.latestStart(schedule, keeper.dataClass(), now);
        if (until.isEmpty()) {
            return;
        }
        Optional<KeptItem> after = Optional.empty();
        List<KeptItem> page = keeper.startedBy(until.get(), after, size);
        while (!page.isEmpty()) {
            List<KeptItem> over = page.stream()
                    .filter(item -> schedule.ruleFor(keeper.dataClass(), item)
                            .filter(rule -> rule.isOver(item, now, schedule.zone()))
                            .isPresent())
                    .toList();
            if (!over.isEmpty()) {
                List<KeptItem> held = holds.held(keeper.dataClass(), over);
                List<KeptItem> due = new ArrayList<>(over);
                due.removeAll(held);
                pages.take(due, held);
            }
            after = Optional.of(page.get(page.size() - 1));
            page = keeper.startedBy(until.get(), after, size);
        }
    }

    PurgePlan plan(Instant now, int size) throws IOException {
        List<Line> lines = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (Keeper each : keepers) {
            if (schedule.rulesOf(each.dataClass()).isEmpty()) {
                without.add(each.name());
            }
            Map<RetentionRule, Line> byRule = new LinkedHashMap<>();
            pages(each, now, size, (due, held) -> {
                due.forEach(item -> count(byRule, each, item, 1, 0));
                held.forEach(item -> count(byRule, each, item, 0, 1));
            });
            byRule.values().stream().sorted(Comparator.comparing(Line::rule)).forEach(lines::add);
        }
        return new PurgePlan(now, lines, without);
    }

    private void count(Map<RetentionRule, Line> byRule, Keeper keeper, KeptItem item, long due, long held) {
        RetentionRule rule = schedule.ruleFor(keeper.dataClass(), item).orElseThrow();
        Instant at = item.startedAt();
        Line one = new Line(keeper.name(), keeper.dataClass(), rule.id(), rule.source(), due, held, at, at);
        byRule.merge(rule, one, Planner::sum);
    }

    private static Line sum(Line one, Line other) {
        return new Line(
                one.keeper(),
                one.dataClass(),
                one.rule(),
                one.source(),
                one.items() + other.items(),
                one.held() + other.held(),
                one.oldest().isBefore(other.oldest()) ? one.oldest() : other.oldest(),
                one.newest().isAfter(other.newest()) ? one.newest() : other.newest());
    }
}
