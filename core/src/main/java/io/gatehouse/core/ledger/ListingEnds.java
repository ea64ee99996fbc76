package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.verify.Finding;
import io.gatehouse.core.ledger.verify.Finding.Kind;
import io.gatehouse.core.ledger.verify.Findings;
import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Where the lists end by which entries are found. A list that reaches beyond the last entry would hide entries that are
 * still to come: searches leave out what is listed there, verification says it, and whoever writes the ledger removes it
 * at the start, since all of it can be made again from the entries. Stateless.
 */
final class ListingEnds {
    private static final Logger LOG = System.getLogger(ListingEnds.class.getName());

    private static final String TILES = " FROM ledger_tile WHERE tile >= ?";
    private static final String RUNS = " FROM ledger_run WHERE end_position > ?";

    private ListingEnds() {}

    /** How much is listed beyond the end. */
    private record Beyond(long size, long tiles, long runs) {
        static Beyond of(Connection connection) throws SQLException {
            long size = LedgerTables.size(connection);
            return new Beyond(
                    size,
                    number(connection, "SELECT count(*)" + TILES, size / TileTables.WIDTH),
                    number(connection, "SELECT count(*)" + RUNS, size));
        }

        boolean isNothing() {
            return tiles == 0 && runs == 0;
        }
    }

    static void check(Store store, Findings findings) throws IOException {
        Beyond beyond = store.read(Beyond::of);
        if (!beyond.isNothing()) {
            findings.add(
                    Kind.ALTERED,
                    Finding.WHOLE,
                    "What entries are found by is listed beyond the last entry, " + (beyond.size() - 1)
                            + ": the list was altered. The program that writes the ledger makes it anew at its start.");
        }
    }

    /** For whoever writes the ledger, before anything else is read. */
    static void cut(Store store) throws IOException {
        Beyond beyond = store.read(Beyond::of);
        if (beyond.isNothing()) {
            return;
        }
        LOG.log(
                Level.WARNING,
                "the ledger''s lists reached beyond its last entry, {0}: they were altered; they are made anew",
                beyond.size() - 1);
        store.write(connection -> {
            Beyond now = Beyond.of(connection);
            return delete(connection, "DELETE" + TILES, now.size() / TileTables.WIDTH)
                    + delete(connection, "DELETE" + RUNS, now.size());
        });
    }

    private static long number(Connection connection, String sql, long from) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, from);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static int delete(Connection connection, String sql, long from) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, from);
            return delete.executeUpdate();
        }
    }
}
