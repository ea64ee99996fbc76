package io.gatehouse.core.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in words what is wrong with a SQLite database and what to do about it. */
final class SqliteErrors {
    private final Path file;

    SqliteErrors(Path file) {
        this.file = file;
    }

    StoreException translate(SQLException error) {
        String words = code(error)
                .map(this::words)
                .orElse("The database " + file + " refused what was asked; nothing of it stays");
        return new StoreException(words + " (" + error.getMessage() + ").", error);
    }

    static boolean isReadOnly(SQLException error) {
        return code(error)
                .filter(code -> code == SQLiteErrorCode.SQLITE_READONLY)
                .isPresent();
    }

    static boolean isBusy(SQLException error) {
        return code(error).filter(code -> code == SQLiteErrorCode.SQLITE_BUSY).isPresent();
    }

    /** The primary code: the low byte of the extended ones. */
    private static Optional<SQLiteErrorCode> code(SQLException error) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (at instanceof SQLiteException sqlite) {
                return Optional.of(SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xFF));
            }
        }
        return Optional.empty();
    }

    private String words(SQLiteErrorCode code) {
        return switch (code) {
            case SQLITE_FULL ->
                "The disk of " + file + " is full, or its limit is reached; nothing of this was stored:"
                        + " free some space and do it again";
            case SQLITE_READONLY, SQLITE_PERM ->
                "The database " + file + " cannot be written:"
                        + " check the rights of the file and its directory, and that the disk is not mounted read-only";
            case SQLITE_CANTOPEN ->
                "The database " + file + " cannot be opened: check that its directory exists and may be"
                        + " written, and that the disk is not mounted read-only";
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                "The database " + file + " is damaged or is no SQLite database:"
                        + " put it aside and restore the last backup";
            case SQLITE_BUSY, SQLITE_LOCKED ->
                "The database " + file + " is held by another program: end that program and try again";
            case SQLITE_IOERR ->
                "The disk of " + file + " failed to read or write; nothing of this was stored:"
                        + " check the disk, and that it has not become read-only, and do it again";
            default -> "The database " + file + " refused what was asked; nothing of it stays";
        };
    }
}
