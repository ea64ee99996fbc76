package io.gatehouse.examples.evaluate;

/** What was given cannot be evaluated; the message says what to give instead. */
final class CannotEvaluateException extends Exception {
    private static final long serialVersionUID = 1L;

    CannotEvaluateException(String message) {
        super(message);
    }
}
