package io.gatehouse.core.store;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SQL that a store's database speaks. Rooms write their scripts once, in the words that both know and these three:
 * {@code INTEGER} is a whole number of 64 bits, {@code BLOB} is bytes, and {@code WITHOUT ROWID} may end a table; the
 * store puts the database's own words in their place. Statements of works run as they are written, so they keep to
 * what both know ({@code ON CONFLICT … DO NOTHING}, {@code coalesce}, {@code LIMIT}). Immutable.
 */
public enum Dialect {
    /** SQLite 3. */
    SQLITE,
    /** PostgreSQL 12 or newer. */
    POSTGRESQL;

    /** Quoted text, quoted names and comments, which stay as they are; then the words that differ. */
    private static final Pattern TOKENS = Pattern.compile(
            "'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\\n]*|\\b(?:INTEGER|BLOB|WITHOUT\\s+ROWID)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern CHANGE =
            Pattern.compile("\\b(?:DELETE\\s+FROM|UPDATE|REPLACE|DROP)\\b", Pattern.CASE_INSENSITIVE);

    /** The statements of a script, in this database's words. */
    List<String> statements(String script) {
        return Migrations.statements(script).stream().map(this::statement).toList();
    }

    /** One statement, in this database's words. */
    String statement(String sql) {
        return this == SQLITE ? sql : forPostgresql(sql);
    }

    private static String forPostgresql(String statement) {
        return TOKENS.matcher(statement).replaceAll(token -> {
            String word = token.group().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT);
            return Matcher.quoteReplacement(
                    switch (word) {
                        case "INTEGER" -> "BIGINT";
                        case "BLOB" -> "BYTEA";
                        case "WITHOUT ROWID" -> "";
                        default -> token.group();
                    });
        });
    }

    /** Whether a statement may leave the remains of a row behind. */
    static boolean leavesRemains(String sql) {
        return CHANGE.matcher(sql).find();
    }
}
