package io.gatehouse.policy.consent;

import io.gatehouse.core.contract.PostgresServer;

/** The same on PostgreSQL, fewer of them. */
class PostgresConsentHistoryTest extends RandomConsentHistoryTest {
    @Override
    String url(int history) {
        return PostgresServer.newDatabase();
    }

    @Override
    int histories() {
        return 2;
    }
}
