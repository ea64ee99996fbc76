package io.gatehouse.policy.consent;

import io.gatehouse.core.contract.PostgresServer;

/** The same on PostgreSQL. */
class PostgresConsentRetentionTest extends ConsentRetentionTest {
    private final String url = PostgresServer.newDatabase();

    @Override
    String url() {
        return url;
    }
}
