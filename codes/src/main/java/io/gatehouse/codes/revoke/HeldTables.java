package io.gatehouse.codes.revoke;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.jdbc.Sql;
import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lists that a gate goes by, on its disk. A list is replaced whole, in one transaction. Thread-safe. */
final class HeldTables {
    private static final Logger LOG = System.getLogger(StatusLists.class.getName());
    private static final String ROOM = "codes.revoke.gate";
    private static final List<String> MIGRATIONS = List.of("""
            CREATE TABLE status_held (
                number INTEGER PRIMARY KEY,
                version INTEGER NOT NULL,
                bits INTEGER NOT NULL,
                size INTEGER NOT NULL,
                issued_at INTEGER NOT NULL,
                max_age INTEGER NOT NULL,
                signing_key INTEGER NOT NULL,
                digest BLOB NOT NULL,
                places BLOB NOT NULL
            );
            """);
    private static final String ALL =
            "SELECT number, version, bits, size, issued_at, max_age, signing_key, digest, places FROM status_held";
    private static final String DELETE = "DELETE FROM status_held WHERE number = ?";
    private static final String INSERT = "INSERT INTO status_held (number, version, bits, size, issued_at, max_age,"
            + " signing_key, digest, places) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final Store store;

    private HeldTables(Store store) {
        this.store = store;
    }

    static HeldTables open(Store store) throws StoreException {
        store.migrate(ROOM, MIGRATIONS);
        return new HeldTables(store);
    }

    Map<Integer, HeldList> all() throws StoreException {
        Map<Integer, HeldList> held = new LinkedHashMap<>();
        for (Optional<HeldList> each : store.read(connection -> Sql.list(connection, HeldTables::read, ALL))) {
            each.ifPresent(list -> held.put(list.list().number(), list));
        }
        return held;
    }

    void save(HeldList held) throws StoreException {
        StatusList list = held.list();
        byte[] places = StatusCodec.body(list);
        store.write(connection -> {
            Sql.update(connection, DELETE, list.number());
            return Sql.update(
                    connection,
                    INSERT,
                    list.number(),
                    list.version(),
                    list.bits(),
                    list.size(),
                    held.issuedAt().getEpochSecond(),
                    held.maxAge().toSeconds(),
                    held.key().value(),
                    list.digest(),
                    places);
        });
    }

    /** A list that the disk has damaged is left out, as if it had never come: it is fetched whole again. */
    private static Optional<HeldList> read(ResultSet row) throws SQLException {
        int number = row.getInt(1);
        try {
            StatusMessage.Whole whole = new StatusMessage.Whole(row.getInt(3), row.getInt(4), row.getBytes(9));
            StatusList list = StatusCodec.open(number, row.getLong(2), whole);
            if (!Arrays.equals(list.digest(), row.getBytes(8))) {
                throw new CborException("the places do not have their digest");
            }
            return Optional.of(new HeldList(
                    list,
                    Instant.ofEpochSecond(row.getLong(5)),
                    Duration.ofSeconds(row.getLong(6)),
                    KeyId.of(row.getInt(7))));
        } catch (CborException | IllegalArgumentException e) {
            LOG.log(Level.ERROR, "status list " + number + " is damaged on this gate's disk: fetch it whole", e);
            return Optional.empty();
        }
    }
}
