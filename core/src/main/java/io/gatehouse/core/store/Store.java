package io.gatehouse.core.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A database that rooms keep their tables in. Each room migrates its own tables once and then works in transactions.
 * Thread-safe. A vendor's own implementation is held to this by the tests of
 * {@code io.gatehouse.core.contract.StoreContract}, in this module's test jar.
 */
public interface Store extends AutoCloseable {

    /** The SQL that works must speak here. */
    Dialect dialect();

    /**
     * Brings a room's tables up to date, also when several programs that share the database start at once. Scripts that
     * ran before are not run again; they are compared with what ran and a difference is refused.
     *
     * @param room the owner of the tables, for example {@code codes.redeem}
     * @throws StoreException if a script fails (nothing of it stays) or an earlier one was changed
     */
    void migrate(String room, Scripts scripts) throws StoreException;

    /** As {@link #migrate(String, Scripts)}, with the same scripts on every database. */
    default void migrate(String room, List<String> scripts) throws StoreException {
        migrate(room, Scripts.of(scripts));
    }

    /**
     * Runs work in a transaction that is durable when this returns, or not at all if the work throws. Transactions are
     * serialisable: the outcome is as if one ran after the other. Where that takes it the work is run again from the
     * beginning (only the last run counts), so it must be free of effects outside the database that hurt when they
     * happen twice. After an {@link SQLException} a work must end: some databases take no further statement.
     */
    <T extends @Nullable Object> T write(Work<T> work) throws StoreException;

    /** Runs work that only reads, on one consistent state. */
    <T extends @Nullable Object> T read(Work<T> work) throws StoreException;

    /**
     * Whether other programs may be at work on the same database, so that what was read before may have been changed since
     * by others than this store. A store that says so also overrides {@link #isInWork} and {@link #claim}.
     */
    default boolean isShared() {
        return false;
    }

    /** Whether the calling thread is in the middle of a work of this store, and so reads what was there as it began. */
    default boolean isInWork() {
        return false;
    }

    /**
     * Claims a name for this store alone, among all the programs that share the database; does not wait. One that nobody
     * shares always gets it.
     *
     * @param name what is claimed, 1 to 64 characters
     * @return empty if another store holds it
     * @throws StoreException if that cannot be asked
     */
    default Optional<Claim> claim(String name) throws StoreException {
        return Optional.of(new UnsharedClaim());
    }

    /**
     * Clears the database of what was deleted. On SQLite, when this returns, logs, free pages and what is unused of the
     * others hold none of it; it waits for running works, and reads the whole file the first time. On PostgreSQL the tables
     * that rows were deleted from are written anew, which waits for works on them; the server's own log keeps the old bytes
     * until it re-uses its files. Copies made by the file system, the disk or a backup are out of its reach.
     */
    void scrub() throws StoreException;

    @Override
    void close() throws StoreException;

    /** What is done within a transaction; must not keep the connection or commit by itself. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }
}
