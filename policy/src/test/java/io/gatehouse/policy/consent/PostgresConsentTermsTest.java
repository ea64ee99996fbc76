package io.gatehouse.policy.consent;

import io.gatehouse.core.contract.PostgresServer;

/** The same on PostgreSQL. */
class PostgresConsentTermsTest extends ConsentTermsTest {
    private final String url = PostgresServer.newDatabase();

    @Override
    String url() {
        return url;
    }
}
