package io.gatehouse.policy.watch.alarm;

import io.gatehouse.core.contract.PostgresServer;

/** The same on PostgreSQL. */
class PostgresAlarmRegisterTest extends AlarmRegisterTest {
    private final String url = PostgresServer.newDatabase();

    @Override
    String url() {
        return url;
    }
}
