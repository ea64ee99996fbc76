package io.gatehouse.policy.retain.change;

import io.gatehouse.core.contract.PostgresServer;

/** The same on PostgreSQL. */
class PostgresChangeRegisterTest extends ChangeRegisterTest {
    private final String url = PostgresServer.newDatabase();

    @Override
    String url() {
        return url;
    }
}
