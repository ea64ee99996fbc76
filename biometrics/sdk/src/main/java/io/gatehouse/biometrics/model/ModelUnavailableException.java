package io.gatehouse.biometrics.model;

/**
 * A model that is needed is missing, altered, unreadable or not what its descriptor says. It is thrown when a pack or a
 * stage is opened, so that a missing model never looks like "no face" or "not live". The message says what to do.
 */
public class ModelUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ModelUnavailableException(String message) {
        super(message);
    }

    public ModelUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
