package io.gatehouse.policy.retain.audit;

import io.gatehouse.core.ledger.verify.ExportedEntries.Content;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows grants, requests and decisions through the ledger, and finds what was seen or opened without one. Its memory
 * grows with the grants and requests, and with decisions whose door has not answered. Not thread-safe.
 */
final class Accesses {
    private final Map<String, Grant> grants = new HashMap<>();
    private final Map<String, String> requests = new HashMap<>();
    private final Set<String> granted = new HashSet<>();
    private final List<Map<String, Object>> findings = new ArrayList<>();

    private record Grant(String holder, String purpose, String dataClass, Instant until) {}

    void take(long index, Content entry) {
        Map<String, String> facts = entry.facts();
        switch (entry.kind()) {
            case "data.granted" -> grants.put(facts.getOrDefault("grant", ""), grant(entry));
            case "data.grant-ended" -> grants.remove(facts.getOrDefault("grant", ""));
            case "request.received" ->
                requests.put(
                        facts.getOrDefault("request", ""), entry.pseudonym().orElse(""));
            case "request.done", "request.refused" -> requests.remove(facts.getOrDefault("request", ""));
            case "data.accessed" -> accessed(index, entry);
            case "gate.decision" -> {
                if ("granted".equals(facts.get("decision"))) {
                    granted.add(entry.id().toString());
                }
            }
            case "gate.outcome" -> opened(index, entry);
            default -> {
                // Other entries are about neither.
            }
        }
    }

    private static Grant grant(Content entry) {
        Map<String, String> facts = entry.facts();
        return new Grant(
                entry.pseudonym().orElse(""),
                facts.getOrDefault("purpose", ""),
                facts.getOrDefault("data-class", ""),
                Instant.parse(facts.getOrDefault("until", Instant.MIN.toString())));
    }

    private void accessed(long index, Content entry) {
        String right = entry.facts().getOrDefault("right", "");
        String who = entry.pseudonym().orElse("");
        if (right.equals("grant")) {
            grantProblem(entry, who).ifPresent(why -> find(index, entry, why));
        } else if (right.equals("request")) {
            String of = requests.get(entry.facts().getOrDefault("request", ""));
            if (of == null || !of.equals(who)) {
                find(index, entry, "no-open-request");
            }
        } else {
            find(index, entry, "no-right");
        }
    }

    private Optional<String> grantProblem(Content entry, String who) {
        Map<String, String> facts = entry.facts();
        Grant grant = grants.get(facts.getOrDefault("grant", ""));
        if (grant == null) {
            return Optional.of("no-grant");
        }
        if (!grant.holder().equals(who)) {
            return Optional.of("grant-of-another");
        }
        if (!grant.purpose().equals(facts.getOrDefault("purpose", ""))
                || !grant.dataClass().equals(facts.getOrDefault("data-class", ""))) {
            return Optional.of("grant-for-another-use");
        }
        return entry.occurredAt().isBefore(grant.until()) ? Optional.empty() : Optional.of("grant-over");
    }

    private void opened(long index, Content entry) {
        boolean wasGranted = granted.remove(entry.facts().getOrDefault("passage", ""));
        if (!wasGranted && "done".equals(entry.facts().get("actuation"))) {
            find(index, entry, "opened-without-decision");
        }
    }

    private void find(long index, Content entry, String why) {
        Map<String, Object> finding = new LinkedHashMap<>();
        finding.put("entry", index);
        finding.put("at", entry.occurredAt());
        finding.put("what", why);
        finding.put("dataClass", entry.facts().getOrDefault("data-class", ""));
        finding.put("portal", entry.portal().orElse(""));
        findings.add(finding);
    }

    List<Map<String, Object>> findings() {
        return findings;
    }
}
