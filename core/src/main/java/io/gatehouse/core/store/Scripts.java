package io.gatehouse.core.store;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The SQL scripts that make a room's tables, the first is version 1. A script that has run somewhere is never changed;
 * a change is a new script at the end. Where one script cannot serve every database (see {@link Dialect} for the words
 * that are translated), {@link #with} gives a database its own. Immutable and thread-safe.
 */
public final class Scripts {
    private final List<String> common;
    private final Map<Dialect, Map<Integer, String>> own;

    private Scripts(List<String> common, Map<Dialect, Map<Integer, String>> own) {
        this.common = common;
        this.own = own;
    }

    /** Scripts in the order of versions; statements end with {@code ;} at a line's end. */
    public static Scripts of(List<String> scripts) {
        return new Scripts(List.copyOf(scripts), Map.of());
    }

    /** As {@link #of(List)}. */
    public static Scripts of(String... scripts) {
        return of(List.of(scripts));
    }

    /**
     * These scripts, of which one version has another text on one database.
     *
     * @param version 1 to the number of scripts
     */
    public Scripts with(Dialect dialect, int version, String script) {
        if (version < 1 || version > common.size()) {
            throw new IllegalArgumentException("there are versions 1 to " + common.size() + ", not " + version);
        }
        Map<Dialect, Map<Integer, String>> grown = new EnumMap<>(Dialect.class);
        own.forEach((key, scripts) -> grown.put(key, Map.copyOf(scripts)));
        Map<Integer, String> scripts = new HashMap<>(own.getOrDefault(dialect, Map.of()));
        scripts.put(version, script);
        grown.put(dialect, Map.copyOf(scripts));
        return new Scripts(common, grown);
    }

    /** The texts for one database, in the order of versions. */
    public List<String> on(Dialect dialect) {
        Map<Integer, String> others = own.getOrDefault(dialect, Map.of());
        List<String> scripts = new ArrayList<>();
        for (int version = 1; version <= common.size(); version++) {
            scripts.add(others.getOrDefault(version, common.get(version - 1)));
        }
        return List.copyOf(scripts);
    }

    @Override
    public String toString() {
        return "Scripts[" + common.size() + " versions]";
    }
}
