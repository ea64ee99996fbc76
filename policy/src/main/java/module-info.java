/** Who may pass where, when and on what conditions; and the lawful basis for using people's data. Knows only core. */
module io.gatehouse.policy {
    requires transitive io.gatehouse.core;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires org.bouncycastle.provider;
    requires com.networknt.schema;
    requires org.yaml.snakeyaml;

    exports io.gatehouse.policy.approve.chain;
    exports io.gatehouse.policy.approve;
    exports io.gatehouse.policy.consent.freeze;
    exports io.gatehouse.policy.consent.grant;
    exports io.gatehouse.policy.consent.regime;
    exports io.gatehouse.policy.consent.request;
    exports io.gatehouse.policy.consent;
    exports io.gatehouse.policy.document;
    exports io.gatehouse.policy.permit.document;
    exports io.gatehouse.policy.permit.facts;
    exports io.gatehouse.policy.permit.rule;
    exports io.gatehouse.policy.permit.state;
    exports io.gatehouse.policy.permit;
    exports io.gatehouse.policy.retain.audit;
    exports io.gatehouse.policy.retain.change;
    exports io.gatehouse.policy.retain;
    exports io.gatehouse.policy.watch.alarm;
    exports io.gatehouse.policy.watch.violation;
    exports io.gatehouse.policy.watch;
}
