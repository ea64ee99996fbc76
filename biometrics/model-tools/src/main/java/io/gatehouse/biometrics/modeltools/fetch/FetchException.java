package io.gatehouse.biometrics.modeltools.fetch;

import java.io.IOException;

/** A pinned file could not be had. The message is one sentence or two for the person at the build: what happened, what to do. */
public final class FetchException extends IOException {
    private static final long serialVersionUID = 1L;

    public FetchException(String message) {
        super(message);
    }

    public FetchException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Something differs from its pin. */
    static FetchException digestDiffers(String what, Sha256 expected, Sha256 actual) {
        return new FetchException("The digest of " + what + " differs: expected " + expected + ", actual " + actual
                + ". Do not use it: delete it if it is yours, or ask whoever publishes it.");
    }
}
