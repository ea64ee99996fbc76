/** The words, the ports and the gate; the ledger, the outbox, the vault, the store and presence. Knows none of its siblings. */
module io.gatehouse.core {
    requires transitive java.desktop;
    requires transitive java.sql;
    requires static transitive org.jspecify;
    // Only for a store on PostgreSQL.
    requires static com.zaxxer.hikari;
    requires com.google.crypto.tink;
    requires org.bouncycastle.provider;
    requires org.xerial.sqlitejdbc;

    exports io.gatehouse.core.decision;
    exports io.gatehouse.core.evidence;
    exports io.gatehouse.core.frame;
    exports io.gatehouse.core.gate;
    exports io.gatehouse.core.identity;
    exports io.gatehouse.core.keep;
    exports io.gatehouse.core.ledger;
    exports io.gatehouse.core.ledger.verify;
    exports io.gatehouse.core.outbox;
    exports io.gatehouse.core.place;
    exports io.gatehouse.core.presence;
    exports io.gatehouse.core.reason;
    exports io.gatehouse.core.store;
    exports io.gatehouse.core.upkeep;
    exports io.gatehouse.core.vault;
}
