package io.gatehouse.policy.consent.grant;

import io.gatehouse.core.contract.PostgresServer;

/** The same on PostgreSQL. */
class PostgresGrantRegisterTest extends GrantRegisterTest {
    private final String url = PostgresServer.newDatabase();

    @Override
    String url() {
        return url;
    }
}
