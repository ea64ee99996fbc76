package io.gatehouse.core.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Opens a {@link Store} by the URL of its database. Stateless. */
public final class Stores {
    private static final String SQLITE = "sqlite:";

    private Stores() {}

    /**
     * Opens a database, making it if there is none (on PostgreSQL it must be there, the tables need not).
     *
     * @param url {@code sqlite:<path of the database file>}, for example {@code sqlite:data/gatehouse.db}; the file's
     *            directory is made if it is missing; while it is open here no other program can read it.
     *            Or {@code postgresql://<user>:<password>@<host>:<port>/<database>?<option>=<value>}, with
     *            {@code com.zaxxer:HikariCP} and {@code org.postgresql:postgresql} on the path; options are the
     *            driver's ({@code sslmode}, {@code currentSchema}) and {@code poolSize}; {@code %} escapes special
     *            characters; the driver's own form {@code jdbc:postgresql:} will do as well
     * @throws StoreException           if another program, or another store of this one, has the SQLite database open,
     *                                  the server cannot be reached, or it cannot be opened for writing
     * @throws IllegalArgumentException if the URL is of a kind that is not known
     */
    public static Store open(String url) throws StoreException {
        if (PostgresUrl.isOne(url)) {
            return PostgresStore.open(PostgresUrl.parse(url));
        }
        if (!url.startsWith(SQLITE)) {
            throw new IllegalArgumentException("the store URL begins with '" + scheme(url)
                    + "', which is not known here: the known forms are sqlite:<path of the database file> and"
                    + " postgresql://<user>:<password>@<host>:<port>/<database>");
        }
        String path = url.substring(SQLITE.length());
        if (path.isBlank() || path.equals(":memory:") || path.indexOf('?') >= 0) {
            throw new IllegalArgumentException("the store URL names no file that can be kept:"
                    + " write sqlite:<path of the database file>, without '?'");
        }
        try {
            return open(Path.of(path));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("the store URL holds no valid path: " + e.getReason(), e);
        }
    }

    /** Opens a SQLite database file; as {@link #open(String)} with {@code sqlite:}. */
    public static Store open(Path file) throws StoreException {
        return SqliteStore.open(file);
    }

    /** What stands before the first colon; never more, for a URL of another kind may hold a password. */
    private static String scheme(String url) {
        int colon = url.indexOf(':');
        return colon < 0 ? "" : url.substring(0, Math.min(colon + 1, 32));
    }
}
