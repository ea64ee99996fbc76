package io.gatehouse.policy.retain;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.keep.KeptItem;
import io.gatehouse.policy.document.DocumentSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How long a site keeps what, read from a document. Immutable and thread-safe. Of the rules for an item the one that says
 * most holds; a data class without a rule is never purged, and {@link PurgeJob} says so.
 *
 * @param version counts up from 1
 * @param zone    by whose calendar times count
 * @param rules   at least one
 */
public record RetentionSchedule(long version, ZoneId zone, List<RetentionRule> rules) {
    public RetentionSchedule {
        Objects.requireNonNull(zone, "zone");
        rules = List.copyOf(rules);
        if (version < 1 || rules.isEmpty()) {
            throw new IllegalArgumentException("a schedule has a version from 1 on and at least one rule, not version "
                    + version + " and " + rules.size() + " rules");
        }
        Set<Object> ids = new HashSet<>();
        Set<Object> scopes = new HashSet<>();
        for (RetentionRule each : rules) {
            if (!ids.add(each.id()) || !scopes.add(List.of(each.dataClass(), each.place(), each.kind()))) {
                throw new IllegalArgumentException("rule " + each.id() + " has the name of another, or is about the"
                        + " same data, place and kind of people");
            }
        }
    }

    /**
     * Reads a schedule from a document in YAML or JSON.
     *
     * @throws io.gatehouse.policy.document.DocumentException if it is not one, saying where and what was expected
     */
    public static RetentionSchedule read(DocumentSource source) throws IOException {
        return ScheduleDocument.read(source);
    }

    /** A schedule to begin with; its periods are examples, not advice. */
    public static DocumentSource template() {
        return DocumentSource.of("retention.yaml", ScheduleDocument.resource("retention.yaml"));
    }

    /** The JSON Schema (2020-12) of these documents. */
    public static String schema() {
        return ScheduleDocument.resource("retention-schedule.schema.json");
    }

    /** The rule for such items; empty if there is none. */
    public Optional<RetentionRule> ruleFor(DataClass dataClass, Optional<String> place, Optional<PersonKind> kind) {
        return rules.stream()
                .filter(rule -> rule.isFor(dataClass, place, kind))
                .max(Comparator.comparingInt(RetentionRule::weight));
    }

    Optional<RetentionRule> ruleFor(DataClass dataClass, KeptItem item) {
        return ruleFor(dataClass, item.place(), item.kind());
    }

    List<RetentionRule> rulesOf(DataClass dataClass) {
        return rules.stream().filter(rule -> rule.dataClass().equals(dataClass)).toList();
    }

    /** The schedule in its one canonical form, JSON; {@link #read} takes it. */
    public String toJson() {
        return ScheduleDocument.write(this);
    }

    /** Lower-case hex of the SHA-256 of {@link #toJson}. */
    public String sha256() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(toJson().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
