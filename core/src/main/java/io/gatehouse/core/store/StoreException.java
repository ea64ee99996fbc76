package io.gatehouse.core.store;

import java.io.IOException;

/** The database cannot do what was asked: it is locked, full, read-only, damaged or of another version. Says which and what to do. */
public class StoreException extends IOException {
    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
