package io.gatehouse.policy.retain.audit;

import io.gatehouse.core.ledger.verify.ExportedEntries.Content;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows changes of rules and retention through the ledger, and holds certificates of purges against them: by a schedule
 * that was in force, whole, and with nothing that opens still. Not thread-safe.
 */
final class Changes {
    private final boolean needsTwo;
    private final Map<String, Content> proposed = new HashMap<>();
    private final Map<String, Long> proposedAt = new HashMap<>();
    private final Set<String> schedules = new HashSet<>();
    private final List<Map<String, Object>> changes = new ArrayList<>();
    private final List<Map<String, Object>> doubtful = new ArrayList<>();
    private final Map<String, Long> open = new HashMap<>();
    private long purges;
    private long destroyed;

    Changes(boolean needsTwo) {
        this.needsTwo = needsTwo;
    }

    void take(long index, Content entry) {
        String change = entry.facts().getOrDefault("change", "");
        if (entry.kind().equals("change.proposed")) {
            proposed.put(change, entry);
            proposedAt.put(change, index);
        } else if (entry.kind().equals("change.in-force")) {
            inForce(index, entry, Optional.ofNullable(proposed.get(change)), proposedAt.getOrDefault(change, -1L));
        }
    }

    private void inForce(long index, Content entry, Optional<Content> before, long proposal) {
        Map<String, String> facts = entry.facts();
        boolean isProposed = before.filter(
                        each -> each.facts().getOrDefault("sha256", "").equals(facts.getOrDefault("sha256", "-")))
                .isPresent();
        boolean isByTwo = isProposed
                && before.get().pseudonym().isPresent()
                && entry.pseudonym().isPresent()
                && !before.get().pseudonym().equals(entry.pseudonym());
        if ("retention".equals(facts.get("document"))) {
            schedules.add(facts.getOrDefault("sha256", ""));
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("document", facts.getOrDefault("document", ""));
        line.put("version", facts.getOrDefault("version", ""));
        line.put("sha256", facts.getOrDefault("sha256", ""));
        line.put("proposed", proposal);
        line.put("inForce", index);
        line.put("people", isByTwo ? 2 : 1);
        line.put("isRight", isProposed && (isByTwo || !needsTwo));
        changes.add(line);
    }

    /** A certificate, of which the days' counts are {@code counted}. */
    void certificate(long index, Content entry, long counted) {
        Map<String, String> facts = entry.facts();
        if (facts.getOrDefault("part", "1").equals("1")) {
            purges++;
            destroyed += number(facts, "items");
        }
        String run = facts.getOrDefault("run", "") + facts.getOrDefault("keeper", "");
        long sum = open.merge(run, counted, Long::sum);
        if (facts.getOrDefault("part", "1").equals(facts.getOrDefault("parts", "1"))) {
            open.remove(run);
            if (sum != number(facts, "items")) {
                doubt(index, entry, "counts-differ");
            }
        }
        if (number(facts, "probes-opened") != 0) {
            doubt(index, entry, "destroyed-item-opens");
        }
        if (!schedules.isEmpty() && !schedules.contains(facts.getOrDefault("schedule-sha256", ""))) {
            doubt(index, entry, "schedule-not-in-force");
        }
    }

    private static long number(Map<String, String> facts, String name) {
        return Long.parseLong(facts.getOrDefault(name, "0"));
    }

    private void doubt(long index, Content entry, String why) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("entry", index);
        line.put("at", entry.occurredAt());
        line.put("what", why);
        line.put("dataClass", entry.facts().getOrDefault("data-class", ""));
        line.put("items", number(entry.facts(), "items"));
        doubtful.add(line);
    }

    List<Map<String, Object>> changes() {
        return changes;
    }

    List<Map<String, Object>> doubtful() {
        return doubtful;
    }

    long purges() {
        return purges;
    }

    long destroyed() {
        return destroyed;
    }
}
