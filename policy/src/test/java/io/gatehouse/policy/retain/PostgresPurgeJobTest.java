package io.gatehouse.policy.retain;

import io.gatehouse.core.contract.PostgresServer;

/** The same on PostgreSQL. */
class PostgresPurgeJobTest extends PurgeJobTest {
    private final String url = PostgresServer.newDatabase();

    @Override
    String url() {
        return url;
    }
}
