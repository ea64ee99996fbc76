package io.gatehouse.codes.internal.cbor;

/** The bytes are not what the strict profile allows: broken, ambiguous, too long or of another shape. Says where and why. */
public final class CborException extends Exception {
    public CborException(String message) {
        super(message, null, false, false);
    }
}
