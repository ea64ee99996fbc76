package io.gatehouse.policy.retain.audit;

import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.ExportedEntries;
import io.gatehouse.core.ledger.verify.ExportedEntries.Content;
import io.gatehouse.policy.internal.json.JsonText;
import io.gatehouse.policy.retain.RetentionSchedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The report, worked out from an exported ledger and a schedule, and from nothing else: the same files give the same
 * report, byte by byte. Immutable and thread-safe.
 */
public final class AuditReport {
    /** What the report's {@code format} field says. */
    public static final String FORMAT = "gatehouse-audit/1";

    private final Map<String, Object> content;

    private AuditReport(Map<String, Object> content) {
        this.content = content;
    }

    /**
     * Works the report out. Whether the export is sound is asked by
     * {@link io.gatehouse.core.ledger.verify.LedgerVerifier}.
     *
     * @param export   the directory that the ledger was exported to
     * @param schedule by which things are overdue
     * @throws IOException if the export cannot be read
     */
    public static AuditReport of(Path export, RetentionSchedule schedule, AuditOptions options) throws IOException {
        ExportedEntries entries = ExportedEntries.open(export);
        Balances balances = new Balances(schedule);
        Accesses accesses = new Accesses();
        Changes changes = new Changes(options.needsTwo());
        SortedMap<String, Map<String, Object>> holds = new TreeMap<>();
        entries.read(0, entries.checkpoint().size(), (index, bytes) -> {
            Content entry = Content.read(bytes);
            try {
                take(index, entry, balances, changes, holds);
                accesses.take(index, entry);
                changes.take(index, entry);
            } catch (RuntimeException e) {
                throw new IOException("entry " + index + " of kind " + entry.kind() + " says what cannot be: " + e, e);
            }
        });
        Map<String, Object> content = head(entries.checkpoint(), schedule, options);
        content.put(
                "overdue",
                balances.overdue(options.asOf().atZone(schedule.zone()).toLocalDate()));
        content.put("unaccounted", balances.odd());
        content.put("accessWithoutRight", List.copyOf(accesses.findings()));
        content.put("changes", List.copyOf(changes.changes()));
        content.put("doubtfulPurges", List.copyOf(changes.doubtful()));
        content.put("holds", List.copyOf(holds.values()));
        content.put("purges", changes.purges());
        content.put("itemsDestroyed", changes.destroyed());
        return new AuditReport(content);
    }

    private static void take(
            long index,
            Content entry,
            Balances balances,
            Changes changes,
            SortedMap<String, Map<String, Object>> holds) {
        switch (entry.kind()) {
            case "retain.kept" -> balances.take(entry, 1);
            case "retain.purged" -> changes.certificate(index, entry, balances.take(entry, -1));
            case "retain.hold-placed" -> holds.put(entry.facts().getOrDefault("hold", ""), hold(index, entry));
            case "retain.hold-lifted" -> holds.remove(entry.facts().getOrDefault("hold", ""));
            default -> {
                // Counted below, if at all.
            }
        }
        balances.count(entry);
    }

    private static Map<String, Object> hold(long index, Content entry) {
        Map<String, Object> hold = new LinkedHashMap<>();
        hold.put("hold", entry.facts().getOrDefault("hold", ""));
        hold.put("entry", index);
        hold.put("since", entry.occurredAt());
        hold.put("dataClass", entry.facts().getOrDefault("data-class", ""));
        hold.put("place", entry.facts().getOrDefault("place", ""));
        hold.put("ends", entry.facts().getOrDefault("ends", ""));
        return hold;
    }

    private static Map<String, Object> head(
            CheckpointNote checkpoint, RetentionSchedule schedule, AuditOptions options) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("format", FORMAT);
        content.put("asOf", options.asOf());
        content.put("needsTwo", options.needsTwo());
        content.put("ledger", checkpoint.origin());
        content.put("entries", checkpoint.size());
        content.put("root", HexFormat.of().formatHex(checkpoint.root()));
        content.put("scheduleVersion", schedule.version());
        content.put("scheduleSha256", schedule.sha256());
        return content;
    }

    /** How many lines there are under a heading such as {@code overdue}. */
    public int lines(String heading) {
        return content.get(heading) instanceof List<?> list ? list.size() : 0;
    }

    /** How many items are kept longer than their rules say. */
    public long overdueItems() {
        long items = 0;
        if (content.get("overdue") instanceof List<?> list) {
            for (Object line : list) {
                items += line instanceof Map<?, ?> map && map.get("items") instanceof Long count ? count : 0;
            }
        }
        return items;
    }

    /** The report for programs. */
    public String toJson() {
        return JsonText.of(content);
    }

    /** The report for people: one page without scripts, everything from outside escaped. */
    public String toHtml() {
        return AuditPage.of(content);
    }
}
