package io.gatehouse.codes.revoke;

import io.gatehouse.codes.internal.jdbc.Sql;
import io.gatehouse.codes.token.StatusReference;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The issuer's record of status lists: which places were given out and what became of each. A place is given out once for
 * all time, also if the program dies before a pass was made with it; what changed at which version is kept, so that any
 * version can be made again. Thread-safe, also between programs that share the store.
 */
public final class StatusRegister {
    private static final String ROOM = "codes.revoke";
    private static final List<String> MIGRATIONS = List.of("""
            CREATE TABLE status_list (
                number INTEGER PRIMARY KEY,
                bits INTEGER NOT NULL,
                size INTEGER NOT NULL,
                given INTEGER NOT NULL,
                version INTEGER NOT NULL
            );
            CREATE TABLE status_change (
                number INTEGER NOT NULL,
                version INTEGER NOT NULL,
                place INTEGER NOT NULL,
                status INTEGER NOT NULL,
                PRIMARY KEY (number, version, place)
            );
            CREATE INDEX status_place ON status_change (number, place, version);
            """);
    private static final int MAX_AT_ONCE = 100_000;

    private static final String OPEN = "INSERT INTO status_list (number, bits, size, given, version)"
            + " VALUES (?, ?, ?, 0, 0) ON CONFLICT (number) DO NOTHING";
    private static final String FIND = "SELECT bits, size, given, version FROM status_list WHERE number = ?";
    private static final String GIVE =
            "UPDATE status_list SET given = given + ? WHERE number = ? AND given = ? AND given + ? <= size";
    private static final String STATUS =
            "SELECT status FROM status_change WHERE number = ? AND place = ? ORDER BY version DESC LIMIT 1";
    private static final String CHANGE =
            "INSERT INTO status_change (number, version, place, status) VALUES (?, ?, ?, ?)";
    private static final String NEXT = "UPDATE status_list SET version = ? WHERE number = ?";
    private static final String CHANGES =
            "SELECT place, status FROM status_change WHERE number = ? AND version <= ? ORDER BY version";

    private final Store store;

    private StatusRegister(Store store) {
        this.store = store;
    }

    /**
     * The register of a store.
     *
     * @throws StoreException if the tables cannot be made
     */
    public static StatusRegister create(Store store) throws StoreException {
        store.migrate(ROOM, MIGRATIONS);
        return new StatusRegister(store);
    }

    /**
     * Makes a list if there is none of this number.
     *
     * @param bits 1, or 2 if passes can be suspended; never changed afterwards
     * @param size how many places, likewise
     * @throws IllegalArgumentException if there is one with other bits or another size
     */
    public void open(int number, int bits, int size) throws StoreException {
        StatusList.empty(number, bits, size);
        Row row = store.write(connection -> {
            Sql.update(connection, OPEN, number, bits, size);
            return find(connection, number);
        });
        if (row.bits != bits || row.size != size) {
            throw new IllegalArgumentException("status list " + number + " has " + row.size + " places of " + row.bits
                    + " bits, which never changes: give another number");
        }
    }

    /** A place for a pass, as {@link #allocate(int, int)}. */
    public StatusReference allocate(int number) throws StoreException {
        return allocate(number, 1).get(0);
    }

    /**
     * Places for passes, never given out before or after.
     *
     * @param count 1 to 100,000
     * @throws IllegalStateException if the list has not so many left: open another
     */
    public List<StatusReference> allocate(int number, int count) throws StoreException {
        if (count < 1 || count > MAX_AT_ONCE) {
            throw new IllegalArgumentException("places are given out 1 to " + MAX_AT_ONCE + " at once, not " + count);
        }
        Row before = store.write(connection -> {
            Row row = find(connection, number);
            return Sql.update(connection, GIVE, count, number, row.given, count) == 1 ? row : row.full();
        });
        if (before.isFull) {
            throw new IllegalStateException("status list " + number + " has " + (before.size - before.given)
                    + " of its " + before.size + " places left, " + count + " are wanted: open another list");
        }
        return IntStream.range(before.given, before.given + count)
                .mapToObj(index -> StatusReference.of(number, index))
                .toList();
    }

    /** Changes one status, as {@link #set(int, Map)}. */
    public long set(StatusReference place, PassStatus status) throws StoreException {
        return set(place.list(), Map.of(place.index(), status));
    }

    /**
     * Changes statuses, all in one version.
     *
     * @return the list's version with them; the present one if they were so before
     * @throws IllegalArgumentException if a place was not given out, or a pass that was revoked is to become something else,
     *                                  or the list has no bit for it; then nothing is changed
     */
    public long set(int number, Map<Integer, PassStatus> statuses) throws StoreException {
        Map<Integer, PassStatus> wanted = new TreeMap<>(statuses);
        return store.write(connection -> {
            Row row = find(connection, number);
            long next = row.version + 1;
            int changed = 0;
            for (Map.Entry<Integer, PassStatus> each : wanted.entrySet()) {
                if (changes(connection, number, row, each.getKey(), each.getValue())) {
                    Sql.update(
                            connection,
                            CHANGE,
                            number,
                            next,
                            each.getKey(),
                            each.getValue().number());
                    changed++;
                }
            }
            if (changed > 0) {
                Sql.update(connection, NEXT, next, number);
            }
            return changed > 0 ? next : row.version;
        });
    }

    /** The list as it is. */
    public StatusList current(int number) throws StoreException {
        return store.read(connection -> list(connection, number, Long.MAX_VALUE));
    }

    /**
     * The list as it was at a version.
     *
     * @throws IllegalArgumentException if there is no such version yet
     */
    public StatusList at(int number, long version) throws StoreException {
        return store.read(connection -> list(connection, number, version));
    }

    private static StatusList list(Connection connection, int number, long wanted) throws SQLException {
        Row row = find(connection, number);
        long version = wanted == Long.MAX_VALUE ? row.version : wanted;
        if (version < 0 || version > row.version) {
            throw new IllegalArgumentException(
                    "status list " + number + " has versions 0 to " + row.version + ", not " + version);
        }
        Map<Integer, PassStatus> statuses = new TreeMap<>();
        Sql.list(connection, Change::of, CHANGES, number, version)
                .forEach(change -> statuses.put(change.place, change.status));
        StatusList empty = StatusList.empty(number, row.bits, row.size);
        return version == 0 ? empty : empty.with(version, statuses);
    }

    private static boolean changes(Connection connection, int number, Row row, int place, PassStatus status)
            throws SQLException {
        if (place < 0 || place >= row.given) {
            throw new IllegalArgumentException(
                    "place " + place + " of status list " + number + " was given to no pass");
        }
        if (status.number() > row.bits) {
            throw new IllegalArgumentException("status list " + number + " has 1 bit a place, none for " + status);
        }
        PassStatus present = Sql.first(connection, rows -> PassStatus.ofNumber(rows.getInt(1)), STATUS, number, place)
                .orElse(PassStatus.VALID);
        if (present == PassStatus.REVOKED && status != PassStatus.REVOKED) {
            throw new IllegalArgumentException("the pass at place " + place + " of status list " + number
                    + " was revoked for good: issue another");
        }
        return present != status;
    }

    private static Row find(Connection connection, int number) throws SQLException {
        return Sql.first(connection, Row::of, FIND, number)
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no status list " + number + ": open it first"));
    }

    private record Change(int place, PassStatus status) {
        static Change of(ResultSet row) throws SQLException {
            return new Change(row.getInt(1), PassStatus.ofNumber(row.getInt(2)));
        }
    }

    private record Row(int bits, int size, int given, long version, boolean isFull) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(row.getInt(1), row.getInt(2), row.getInt(3), row.getLong(4), false);
        }

        Row full() {
            return new Row(bits, size, given, version, true);
        }
    }
}
