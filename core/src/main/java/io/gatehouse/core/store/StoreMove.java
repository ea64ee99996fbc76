package io.gatehouse.core.store;

import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Moves everything from a SQLite store to an empty PostgreSQL one: the tables of all rooms, their indexes and rows, and
 * which scripts have run. Stateless; the calling thread does the work.
 *
 * <p>The tables are made from the statements that made them in the source, in the target's words. A room that has a script
 * of its own for PostgreSQL (see {@link Scripts#with}) refuses to open afterwards, so such a room needs its own way.
 */
public final class StoreMove {
    private static final int BATCH = 1_000;
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    private StoreMove() {}

    /** How many rows, and the sum of their digests, which does not depend on their order. */
    private record Content(long rows, BigInteger digest) {}

    /**
     * Copies everything in one transaction and reads it back; all of it is there afterwards, or nothing. Writes to the
     * source wait meanwhile. Open no room on the target before; afterwards, open the ledger there and compare its
     * checkpoint with the source's.
     *
     * @return how many rows each table has
     * @throws IllegalArgumentException if these are not a SQLite and a PostgreSQL store
     * @throws StoreException           if the target is not empty, or what was read back differs
     */
    public static SortedMap<String, Long> copy(Store from, Store to) throws StoreException {
        if (!(from instanceof SqliteStore source) || !(to instanceof PostgresStore target)) {
            throw new IllegalArgumentException(
                    "a move goes from a SQLite store to a PostgreSQL one, not from " + from + " to " + to);
        }
        try {
            return source.write(reading -> {
                try {
                    return target.writeAlone(writing -> copy(reading, writing));
                } catch (StoreException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof StoreException cause ? cause : new StoreException("The move failed.", e);
        }
    }

    private static SortedMap<String, Long> copy(Connection from, Connection to) throws SQLException {
        if (strings(to, "SELECT room FROM store_migration").size() > 0) {
            throw refusal("The target holds tables of rooms already: move into an empty database.");
        }
        if (!strings(from, "SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')")
                .isEmpty()) {
            throw refusal("The source holds triggers or views, which no room of this program makes: remove them.");
        }
        for (String sql : strings(
                from,
                "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                        + " AND tbl_name <> 'store_migration' ORDER BY type = 'index', rowid")) {
            execute(to, Dialect.POSTGRESQL.statement(sql));
        }
        SortedMap<String, Long> moved = new TreeMap<>();
        for (String table : strings(
                from,
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                        + " ORDER BY rowid")) {
            List<String> columns = strings(from, "SELECT name FROM pragma_table_info('" + table + "') ORDER BY cid");
            Content read = copy(from, to, table, columns);
            Content kept = content(to, table, columns);
            if (!read.equals(kept)) {
                throw refusal("Table " + table + " arrived altered: " + kept.rows() + " rows of " + read.rows() + ".");
            }
            moved.put(table, read.rows());
        }
        return Collections.unmodifiableSortedMap(moved);
    }

    private static UncheckedIOException refusal(String words) {
        return new UncheckedIOException(new StoreException(words));
    }

    private static Content copy(Connection from, Connection to, String table, List<String> columns)
            throws SQLException {
        String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
        Tally tally = new Tally();
        try (PreparedStatement select = from.prepareStatement(select(table, columns));
                ResultSet rows = select.executeQuery();
                PreparedStatement insert = to.prepareStatement(
                        "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES (" + marks + ")")) {
            while (rows.next()) {
                List<@Nullable Object> row = row(rows, columns.size());
                for (int i = 0; i < row.size(); i++) {
                    insert.setObject(i + 1, row.get(i));
                }
                insert.addBatch();
                tally.add(row);
                if (tally.rows % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
        return tally.content();
    }

    private static Content content(Connection connection, String table, List<String> columns) throws SQLException {
        Tally tally = new Tally();
        try (PreparedStatement select = connection.prepareStatement(select(table, columns));
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                tally.add(row(rows, columns.size()));
            }
        }
        return tally.content();
    }

    private static String select(String table, List<String> columns) {
        return "SELECT " + String.join(", ", columns) + " FROM " + table;
    }

    /** Whole numbers are longs, whatever their size made the driver of them. */
    private static List<@Nullable Object> row(ResultSet rows, int columns) throws SQLException {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
            Object value = rows.getObject(i);
            row.add(value instanceof Integer number ? Long.valueOf(number) : value);
        }
        return row;
    }

    private static List<String> strings(Connection connection, String sql) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Counts rows and sums their SHA-256, each over the kinds, lengths and bytes of its values. */
    private static final class Tally {
        private final MessageDigest sha256 = Migrations.sha256();
        private BigInteger sum = BigInteger.ZERO;
        private long rows;

        void add(List<@Nullable Object> row) {
            for (@Nullable Object value : row) {
                byte[] bytes = value instanceof byte[] raw
                        ? raw
                        : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
                int kind = value == null ? 0 : value instanceof byte[] ? 1 : value instanceof String ? 2 : 3;
                sha256.update(ByteBuffer.allocate(1 + Integer.BYTES)
                        .put((byte) kind)
                        .putInt(bytes.length)
                        .array());
                sha256.update(bytes);
            }
            sum = sum.add(new BigInteger(1, sha256.digest())).mod(MODULUS);
            rows++;
        }

        Content content() {
            return new Content(rows, sum);
        }
    }
}
