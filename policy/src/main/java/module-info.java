/** Who may pass where, when and on what conditions; and the lawful basis for using people's data. Knows only core. */
module io.gatehouse.policy {
    requires transitive io.gatehouse.core;
    requires static transitive org.jspecify;

    exports io.gatehouse.policy.consent;
    exports io.gatehouse.policy.permit;
}
