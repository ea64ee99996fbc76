package io.gatehouse.policy.consent.request;

import io.gatehouse.core.contract.PostgresServer;

/** The same on PostgreSQL. */
class PostgresRequestRegisterTest extends RequestRegisterTest {
    private final String url = PostgresServer.newDatabase();

    @Override
    String url() {
        return url;
    }
}
