package io.gatehouse.policy.consent;

import io.gatehouse.core.contract.PostgresServer;

/** The same on PostgreSQL. */
class PostgresConsentRegisterTest extends JdbcConsentRegisterTest {
    private final String url = PostgresServer.newDatabase();

    @Override
    String url() {
        return url;
    }
}
