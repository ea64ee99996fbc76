package io.gatehouse.core.store;

import java.sql.SQLException;

/** Says in words what is wrong with a PostgreSQL database and what to do about it, by its SQLSTATE (Appendix A). */
final class PostgresErrors {
    private final String database;

    PostgresErrors(PostgresUrl url) {
        this.database = url.toString();
    }

    StoreException translate(SQLException error) {
        if (error instanceof PostgresVersions.NewerException) {
            return new StoreException(String.valueOf(error.getMessage()), error);
        }
        return new StoreException(words(state(error)) + " (" + error.getMessage() + ").", error);
    }

    /** Whether another transaction was in the way, so that running the work again is the answer. */
    static boolean isConflict(SQLException error) {
        String state = state(error);
        return state.equals("40001") || state.equals("40P01");
    }

    static boolean isReadOnly(SQLException error) {
        return state(error).equals("25006");
    }

    /** The first state that stands in the chain of causes: the pool wraps what the driver says. */
    private static String state(SQLException error) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    private String words(String state) {
        String group = state.length() < 2 ? "" : state.substring(0, 2);
        return switch (group) {
            case "08", "57" ->
                "The server of " + database + " cannot be reached or is going down; if it was lost at the very end of a"
                        + " change, the change may have been stored: check that it runs, and do it again";
            case "28" -> "The server of " + database + " does not let this user in: check user and password in the URL";
            case "3D" -> "There is no database " + database + ": create it first, or check its name in the URL";
            case "42" ->
                state.equals("42501")
                        ? "The user may not do this on " + database + ": let it own the database or its schema"
                        : "The database " + database + " refused what was asked; nothing of it stays";
            case "53" ->
                "The server of " + database + " is out of disk, memory or connections; nothing of this was stored:"
                        + " make room and do it again";
            case "25" -> "The database " + database + " cannot be written: check that it is no stand-by server";
            case "40" ->
                "Other programs kept changing the same rows of " + database + "; nothing of this was stored:"
                        + " do it again";
            case "58", "XX" ->
                "The server of " + database + " failed to read or write its files: look into its log, and restore the"
                        + " last backup if they are damaged";
            default -> "The database " + database + " refused what was asked; nothing of it stays";
        };
    }
}
