package io.gatehouse.core.ledger;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.core.store.Dialect;
import io.gatehouse.core.store.Store;

/** Statements of tests, written for SQLite, on any database. */
final class TestSql {
    private TestSql() {}

    static String on(Dialect dialect, String sql) {
        return dialect == Dialect.SQLITE
                ? sql
                : sql.replaceAll("zeroblob\\((\\d+)\\)", "decode(repeat('00', $1), 'hex')")
                        .replace("char(10)", "chr(10)");
    }

    /** Skips the test elsewhere. */
    static void requireSqlite(Store store, String why) {
        assumeTrue(store.dialect() == Dialect.SQLITE, why);
    }
}
