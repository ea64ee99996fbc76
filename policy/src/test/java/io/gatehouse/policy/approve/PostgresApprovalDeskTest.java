package io.gatehouse.policy.approve;

import io.gatehouse.core.contract.PostgresServer;

/** The same on PostgreSQL. */
class PostgresApprovalDeskTest extends ApprovalDeskTest {
    private final String url = PostgresServer.newDatabase();

    @Override
    String url() {
        return url;
    }
}
