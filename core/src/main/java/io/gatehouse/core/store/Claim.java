package io.gatehouse.core.store;

/**
 * A name that one store alone holds among all the programs that share its database, such as the right to write a ledger.
 * It is held until this or the store is closed; it goes with the program that dies, and with the connection to a server
 * that is lost. Thread-safe.
 */
public interface Claim extends AutoCloseable {

    /** Whether it is held still; asks the server, where there is one. What is lost stays lost: claim the name again. */
    boolean isHeld();

    /** Gives the name back. Idempotent. */
    @Override
    void close();
}
