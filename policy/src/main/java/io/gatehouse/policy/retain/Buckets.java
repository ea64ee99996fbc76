package io.gatehouse.policy.retain;

import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.keep.KeptItem;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many items of each place, kind of person and first day, as certificates and the report count them. Written as
 * {@code place|kind|2026-01-31=5;…} in the order of the keys. Not thread-safe.
 */
final class Buckets {
    private static final int MAX_CHARACTERS = 3_800;

    private final SortedMap<String, Long> counts = new TreeMap<>();

    static String key(Optional<String> place, Optional<PersonKind> kind, LocalDate day) {
        return place.orElse("") + "|" + kind.map(Buckets::word).orElse("") + "|" + day;
    }

    static String word(PersonKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    void add(KeptItem item, ZoneId zone) {
        add(key(item.place(), item.kind(), item.startedAt().atZone(zone).toLocalDate()), 1);
    }

    void add(String key, long count) {
        counts.merge(key, count, Long::sum);
    }

    /** Takes what {@link #toString} wrote. */
    void add(String text) {
        if (!text.isEmpty()) {
            for (String part : text.split(";", -1)) {
                int equals = part.lastIndexOf('=');
                add(part.substring(0, equals), Long.parseLong(part.substring(equals + 1)));
            }
        }
    }

    Map<String, Long> counts() {
        return counts;
    }

    /** In pieces that each fit into a fact; at least one. */
    List<String> pieces() {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (Map.Entry<String, Long> each : counts.entrySet()) {
            String part = each.getKey() + "=" + each.getValue();
            if (piece.length() + part.length() > MAX_CHARACTERS) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
            piece.append(piece.length() == 0 ? "" : ";").append(part);
        }
        pieces.add(piece.toString());
        return pieces;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        counts.forEach((key, count) -> text.append(text.length() == 0 ? "" : ";")
                .append(key)
                .append('=')
                .append(count));
        return text.toString();
    }
}
