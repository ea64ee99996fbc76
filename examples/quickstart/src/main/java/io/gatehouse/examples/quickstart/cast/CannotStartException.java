package io.gatehouse.examples.quickstart.cast;

/** The morning cannot be played with what was given. The message is a sentence that says what is wrong and what to do. */
public final class CannotStartException extends Exception {
    public CannotStartException(String message) {
        super(message);
    }

    public CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
