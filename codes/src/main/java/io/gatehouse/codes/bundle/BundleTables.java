package io.gatehouse.codes.bundle;

import io.gatehouse.codes.internal.cbor.CborException;
import io.gatehouse.codes.internal.cbor.CborReader;
import io.gatehouse.codes.internal.cbor.CborWriter;
import io.gatehouse.codes.internal.jdbc.Sql;
import io.gatehouse.codes.keys.IssuerKey;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The bundle that a gate works by and the key that it trusts, in one row that is replaced in one transaction: after a crash
 * it is the one before or the one after. Thread-safe.
 */
final class BundleTables {
    private static final String ROOM = "codes.bundle.gate";
    private static final int MAX_KEY = 256;
    private static final List<String> MIGRATIONS = List.of("""
            CREATE TABLE bundle_held (
                only INTEGER PRIMARY KEY CHECK (only = 1),
                pin BLOB NOT NULL,
                pin_number INTEGER NOT NULL,
                counter INTEGER NOT NULL,
                bundle BLOB NOT NULL
            );
            """);
    private static final String FIND = "SELECT pin, pin_number, counter, bundle FROM bundle_held WHERE only = 1";
    private static final String DELETE = "DELETE FROM bundle_held WHERE only = 1";
    private static final String INSERT =
            "INSERT INTO bundle_held (only, pin, pin_number, counter, bundle) VALUES (1, ?, ?, ?, ?)";

    private final Store store;

    private BundleTables(Store store) {
        this.store = store;
    }

    static BundleTables open(Store store) throws StoreException {
        store.migrate(ROOM, MIGRATIONS);
        return new BundleTables(store);
    }

    /**
     * What is kept.
     *
     * @param pin     the key that is trusted
     * @param counter that of the bundle, 0 if there is none yet
     * @param bundle  the bundle signed by that key; empty if there is none yet
     */
    record Row(Pin pin, long counter, byte[] bundle) {}

    Optional<Row> find() throws StoreException {
        return store.read(connection -> Sql.first(connection, BundleTables::read, FIND));
    }

    void save(Row row) throws StoreException {
        CborWriter pin = new CborWriter();
        KeyCodec.write(pin, row.pin().key());
        store.write(connection -> {
            Sql.update(connection, DELETE);
            return Sql.update(connection, INSERT, pin.toByteArray(), row.pin().number(), row.counter(), row.bundle());
        });
    }

    private static Row read(ResultSet row) throws SQLException {
        try {
            CborReader reader = CborReader.of(row.getBytes(1), MAX_KEY);
            IssuerKey key = KeyCodec.read(reader);
            reader.requireEnd();
            return new Row(new Pin(key, row.getLong(2)), row.getLong(3), row.getBytes(4));
        } catch (CborException e) {
            throw new SQLException("the key that this gate trusts for bundles is damaged: pin it again by hand", e);
        }
    }
}
