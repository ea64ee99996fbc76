package io.gatehouse.core.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A database that rooms keep their tables in. Each room migrates its own tables once and then works in transactions.
 * Thread-safe; writes are serialised where the database needs it.
 */
public interface Store extends AutoCloseable {

    /**
     * Brings a room's tables up to date. Scripts that ran before are not run again; they are compared with what ran and
     * a difference is refused.
     *
     * @param room    the owner of the tables, for example {@code codes.redeem}
     * @param scripts SQL in the order of versions, the first is version 1; statements end with {@code ;} at a line's end
     * @throws StoreException if a script fails (nothing of it stays) or an earlier one was changed
     */
    void migrate(String room, List<String> scripts) throws StoreException;

    /** Runs work in a transaction that is durable when this returns, or not at all if the work throws. */
    <T extends @org.jspecify.annotations.Nullable Object> T write(Work<T> work) throws StoreException;

    /** Runs work that only reads, on one consistent state. */
    <T extends @org.jspecify.annotations.Nullable Object> T read(Work<T> work) throws StoreException;

    /**
     * Clears the database's files of what was deleted: when this returns, logs and free pages of its files hold none of
     * it. Waits for running works. Copies made by the file system, the disk or a backup are out of its reach.
     */
    void scrub() throws StoreException;

    @Override
    void close() throws StoreException;

    /** What is done within a transaction; must not keep the connection or commit by itself. */
    @FunctionalInterface
    interface Work<T extends @org.jspecify.annotations.Nullable Object> {
        T run(Connection connection) throws SQLException;
    }
}
