package io.gatehouse.core.store;

import io.gatehouse.core.internal.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/**
 * Opens connections with the settings that the store's promises rest on: a commit is on the disk when it returns
 * ({@code synchronous=FULL}), deleted content is overwritten ({@code secure_delete}), and temporary content never
 * reaches a file.
 */
final class SqliteConnections {
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;
    private static final int WAL_SIZE_LIMIT_BYTES = 64 << 20;
    /** Indexes of random keys are written all over: what the cache does not hold is read again for each row. */
    private static final int WRITER_CACHE_KIB = 64 << 10;
    /** {@link SqliteCheckpoints} moves the log long before; if that fails, a commit does. */
    private static final int MOST_PAGES_IN_LOG = 131_072;

    /** Of the file format: sizes of pages in bytes, and where in the file the size stands. */
    private static final int SMALLEST_PAGE = 512;

    private static final int LARGEST_PAGE = 65_536;
    private static final int PAGE_SIZE_AT = 16;

    private final Path file;

    SqliteConnections(Path file) {
        this.file = file;
    }

    /** Makes directory and file, so that the file is its owner's alone; the real path gives one lock for all names of it. */
    static Path prepare(Path path) throws StoreException {
        Path absolute = path.toAbsolutePath();
        Path directory = absolute.getParent();
        if (directory == null || Files.isDirectory(absolute)) {
            throw new StoreException(path + " is a directory: give the path of a database file in it.");
        }
        try {
            Files.createDirectories(directory);
            if (!Files.exists(absolute)) {
                OwnerOnly.createFile(absolute);
            }
            return absolute.toRealPath();
        } catch (IOException e) {
            throw new StoreException(
                    "The database " + path + " cannot be made (" + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "): check the rights of its directory.",
                    e);
        }
    }

    /** What was committed and not moved into the database yet. */
    Path log() {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    Connection writer() throws SQLException {
        SQLiteConfig config = config();
        config.setCacheSize(-WRITER_CACHE_KIB);
        config.setPragma(Pragma.WAL_AUTOCHECKPOINT, Integer.toString(MOST_PAGES_IN_LOG));
        return config.createConnection(url());
    }

    /** For {@link SqliteCheckpoints}. */
    Connection checkpointer() throws SQLException {
        return config().createConnection(url());
    }

    Connection reader() throws SQLException {
        Connection connection = config().createConnection(url());
        try {
            execute(connection, "PRAGMA query_only=ON");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * On POSIX systems with the index of the log in memory, shared by this process alone, instead of a mapped file: a
     * mapped page of a disk that has become read-only cannot be written, which ends the whole Java machine (SIGBUS).
     */
    private String url() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? "jdbc:sqlite:file:" + file.toUri().getRawPath() + "?vfs=unix-excl"
                : "jdbc:sqlite:" + file;
    }

    /** A copy that is consistent while others write: the read transaction holds one state. */
    Path copy() throws SQLException, IOException {
        Path copy = file.resolveSibling(file.getFileName() + ".backup-copy");
        Files.deleteIfExists(copy);
        Files.deleteIfExists(copy.resolveSibling(copy.getFileName() + "-journal"));
        OwnerOnly.createFile(copy);
        try (Connection reader = reader()) {
            execute(reader, "BEGIN");
            try (Statement statement = reader.createStatement();
                    ResultSet anything = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
                anything.next();
            }
            int result = reader.unwrap(SQLiteConnection.class).getDatabase().backup("main", copy.toString(), null);
            if (result != SQLiteErrorCode.SQLITE_OK.code) {
                throw new SQLException("copying the database failed: " + SQLiteErrorCode.getErrorCode(result));
            }
            execute(reader, "ROLLBACK");
            return copy;
        } catch (SQLException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
    }

    /** Reads all pages of a database file that nobody has open. */
    static void requireSound(Path file) throws StoreException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection connection = config.createConnection(
                        "jdbc:sqlite:file:" + file.toUri().getRawPath() + "?immutable=1");
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("PRAGMA integrity_check(1)")) {
            if (!answer.next() || !answer.getString(1).equals("ok")) {
                throw new StoreException("The database is damaged (" + answer.getString(1) + "): restore a backup.");
            }
        } catch (SQLException e) {
            throw new SqliteErrors(file).translate(e);
        }
    }

    /**
     * SQLite reads zeros for what is missing of the last page, and takes a single byte for an empty database. With a log
     * beside it, the file may have been growing when its program was killed, and the log makes it whole.
     */
    static void requireWholePages(Path file) throws StoreException {
        try {
            Path log = file.resolveSibling(file.getFileName() + "-wal");
            long length = Files.size(file);
            if (length == 0 || (Files.exists(log) && Files.size(log) > 0)) {
                return;
            }
            byte[] header = new byte[SMALLEST_PAGE];
            int read;
            try (InputStream in = Files.newInputStream(file)) {
                read = in.readNBytes(header, 0, header.length);
            }
            int inHeader = ByteBuffer.wrap(header).getShort(PAGE_SIZE_AT) & 0xffff;
            int pageSize = inHeader == 1 ? LARGEST_PAGE : Math.max(inHeader, SMALLEST_PAGE);
            if (read < header.length || length % pageSize != 0) {
                throw new StoreException("The database " + file + " is damaged or is no SQLite database (" + length
                        + " bytes are no whole number of pages): put it aside and restore the last backup.");
            }
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreException("The database " + file + " cannot be read: check its rights and the disk.", e);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setTempStore(TempStore.MEMORY);
        config.setPragma(Pragma.SECURE_DELETE, "true");
        config.setJournalSizeLimit(WAL_SIZE_LIMIT_BYTES);
        return config;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
