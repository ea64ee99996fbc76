package io.gatehouse.core.upkeep;

import io.gatehouse.core.store.StoreException;

/** A backup, or what is known outside of it, is not what was signed: it is not served. Says what does not fit and what to do. */
public final class BackupRefusedException extends StoreException {
    private static final long serialVersionUID = 1L;

    public BackupRefusedException(String message) {
        super(message);
    }
}
