package io.gatehouse.core.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of {@link PersonIndex}. */
final class PersonTables {
    static final String SCRIPT = """
            CREATE TABLE ledger_run (
                start_position INTEGER PRIMARY KEY,
                end_position INTEGER NOT NULL,
                oldest_nanos INTEGER NOT NULL,
                newest_nanos INTEGER NOT NULL
            );
            CREATE TABLE ledger_run_person (
                run INTEGER NOT NULL,
                pseudonym BLOB NOT NULL,
                occurred_nanos INTEGER NOT NULL,
                position INTEGER NOT NULL,
                PRIMARY KEY (run, pseudonym, occurred_nanos, position)
            ) WITHOUT ROWID;
            DROP INDEX ledger_entry_person;
            """;

    /** Runs of before have none. */
    static final String FILTER_SCRIPT = "ALTER TABLE ledger_run ADD COLUMN filter BLOB;";

    /** Of the rows of a run. */
    static final Comparator<Seen> ORDER = Comparator.comparing(Seen::pseudonym).thenComparing(Seen::place);

    private PersonTables() {}

    /** Where an entry stands in the order of a search, the oldest first. */
    record Place(long occurredNanos, long position) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::occurredNanos).thenComparingLong(Place::position);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /** An entry of somebody, or of nobody. */
    record Seen(Pseudonym pseudonym, Place place) {}

    /**
     * All entries between two positions that have a person.
     *
     * @param start  the first position, by which the run is known
     * @param end    the position after the last
     * @param oldest the least time of any; the greatest number if there is none
     * @param newest the greatest time of any; the least number if there is none
     */
    record Run(long start, long end, long oldest, long newest) {
        static Run of(long start, long end, List<Seen> seen) {
            long oldest = Long.MAX_VALUE;
            long newest = Long.MIN_VALUE;
            for (Seen each : seen) {
                oldest = Math.min(oldest, each.place().occurredNanos());
                newest = Math.max(newest, each.place().occurredNanos());
            }
            return new Run(start, end, oldest, newest);
        }
    }

    /** In the order of their positions. */
    static List<Run> runs(Connection connection) throws SQLException {
        List<Run> runs = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT start_position, end_position, oldest_nanos,"
                        + " newest_nanos FROM ledger_run ORDER BY start_position");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                runs.add(new Run(rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4)));
            }
        }
        return runs;
    }

    /** As {@link #runs}, without what reaches beyond the last entry. */
    static List<Run> soundRuns(Connection connection) throws SQLException {
        long size = LedgerTables.size(connection);
        return runs(connection).stream().filter(run -> run.end() <= size).toList();
    }

    /** Up to so many entries from a position on, of somebody or nobody. */
    static List<Seen> seen(Connection connection, long from, int limit) throws SQLException {
        List<Seen> seen = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT position, occurred_nanos, pseudonym"
                + " FROM ledger_entry WHERE position >= ? ORDER BY position LIMIT ?")) {
            select.setLong(1, from);
            select.setInt(2, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    byte[] pseudonym = rows.getBytes(3);
                    seen.add(new Seen(
                            pseudonym == null ? Pseudonym.NOBODY : Pseudonym.of(pseudonym),
                            new Place(rows.getLong(2), rows.getLong(1))));
                }
            }
        }
        return seen;
    }

    /** Whether a run lists these and nothing else. */
    static boolean lists(Connection connection, Run run, List<Seen> its) throws SQLException {
        @Nullable Seen[] left = new @Nullable Seen[Math.toIntExact(run.end() - run.start())];
        its.forEach(each -> left[(int) (each.place().position() - run.start())] = each);
        int listed = 0;
        // Bytes of any length come after all texts: one that a flipped bit made a text of is not listed.
        try (PreparedStatement select = connection.prepareStatement("SELECT pseudonym, occurred_nanos, position"
                + " FROM ledger_run_person WHERE run = ? AND pseudonym >= ?")) {
            select.setLong(1, run.start());
            select.setBytes(2, new byte[0]);
            try (ResultSet rows = select.executeQuery()) {
                for (; rows.next(); listed++) {
                    int at = (int) Math.min(Math.max(rows.getLong(3) - run.start(), -1), left.length);
                    Seen each = at < 0 || at == left.length ? null : left[at];
                    if (each == null
                            || each.place().occurredNanos() != rows.getLong(2)
                            || !Arrays.equals(each.pseudonym().bytes(), rows.getBytes(1))) {
                        return false;
                    }
                    left[at] = null;
                }
            }
        }
        return listed == its.size();
    }

    /** What says whom a run does not list; empty if it was written without. */
    static Optional<PersonFilter> filter(Connection connection, Run run) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT filter FROM ledger_run WHERE start_position = ?")) {
            select.setLong(1, run.start());
            try (ResultSet rows = select.executeQuery()) {
                byte[] stored = rows.next() ? rows.getBytes(1) : null;
                return stored == null || stored.length == 0 ? Optional.empty() : Optional.of(PersonFilter.of(stored));
            }
        }
    }

    /** Makes the filter of a run that was written without, of what it lists. */
    static PersonFilter addFilter(Connection connection, Run run) throws SQLException {
        List<Seen> listed = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT DISTINCT pseudonym FROM ledger_run_person WHERE run = ?")) {
            select.setLong(1, run.start());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    listed.add(new Seen(Pseudonym.of(rows.getBytes(1)), new Place(0, 0)));
                }
            }
        }
        PersonFilter filter = PersonFilter.of(listed);
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE ledger_run SET filter = ? WHERE start_position = ?")) {
            update.setBytes(1, filter.bytes());
            update.setLong(2, run.start());
            update.executeUpdate();
        }
        return filter;
    }

    /** Makes a run known whose rows are there. */
    static void insert(Connection connection, Run run, PersonFilter filter) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO ledger_run"
                + " (start_position, end_position, oldest_nanos, newest_nanos, filter) VALUES (?, ?, ?, ?, ?)")) {
            insert.setLong(1, run.start());
            insert.setLong(2, run.end());
            insert.setLong(3, run.oldest());
            insert.setLong(4, run.newest());
            insert.setBytes(5, filter.bytes());
            insert.executeUpdate();
        }
    }

    static void insertRows(Connection connection, Run run, List<Seen> sorted) throws SQLException {
        try (PreparedStatement rows = connection.prepareStatement(
                "INSERT INTO ledger_run_person" + " (run, pseudonym, occurred_nanos, position) VALUES (?, ?, ?, ?)")) {
            for (Seen each : sorted) {
                rows.setLong(1, run.start());
                rows.setBytes(2, each.pseudonym().bytes());
                rows.setLong(3, each.place().occurredNanos());
                rows.setLong(4, each.place().position());
                rows.addBatch();
            }
            rows.executeBatch();
        }
    }

    /** Whether there are rows from a position on: of a run that nobody finished, if it is the end of the last run. */
    static boolean hasRowsFrom(Connection connection, long start) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM ledger_run_person WHERE run >= ? LIMIT 1")) {
            select.setLong(1, start);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    static int deleteRowsFrom(Connection connection, long start) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM ledger_run_person WHERE run >= ?")) {
            delete.setLong(1, start);
            return delete.executeUpdate();
        }
    }
}
