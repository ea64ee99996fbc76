package io.gatehouse.core.ledger;

import io.gatehouse.core.contract.PostgresServer;

/** The same on PostgreSQL. */
class PostgresLedgerOutlineTest extends LedgerOutlineTest {
    private final String url = PostgresServer.newDatabase();

    @Override
    String url() {
        return url;
    }
}
