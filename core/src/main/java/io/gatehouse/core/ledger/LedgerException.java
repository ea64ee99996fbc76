package io.gatehouse.core.ledger;

import java.io.IOException;

/** What is stored is no ledger that can go on: damaged, shortened, or another's. Says where and what to do. */
public class LedgerException extends IOException {
    public LedgerException(String message) {
        super(message);
    }

    public LedgerException(String message, Throwable cause) {
        super(message, cause);
    }
}
