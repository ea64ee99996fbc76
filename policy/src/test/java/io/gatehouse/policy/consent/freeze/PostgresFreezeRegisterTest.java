package io.gatehouse.policy.consent.freeze;

import io.gatehouse.core.contract.PostgresServer;

/** The same on PostgreSQL. */
class PostgresFreezeRegisterTest extends FreezeRegisterTest {
    private final String url = PostgresServer.newDatabase();

    @Override
    String url() {
        return url;
    }
}
