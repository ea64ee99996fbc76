package io.gatehouse.devices.alarm;

import java.time.Instant;
import java.util.Objects;

/**
 * Something that is latched until a person ends it. Immutable and thread-safe.
 *
 * @param kind  what it is
 * @param scope a group of doors for a fire, a door for an override; {@link #EVERYWHERE} for all of them
 * @param cause why, in words for people, at most 500 characters
 * @param at    since when, in milliseconds
 */
public record Alarm(Kind kind, String scope, String cause, Instant at) {
    /** All doors. */
    public static final String EVERYWHERE = "*";

    private static final int MAX_CAUSE = 500;

    public Alarm {
        Objects.requireNonNull(kind, "kind");
        if (scope.isBlank()) {
            throw new IllegalArgumentException("an alarm has a scope, '" + EVERYWHERE + "' is all doors");
        }
        cause = cause.length() <= MAX_CAUSE ? cause : cause.substring(0, MAX_CAUSE);
        at = Instant.ofEpochMilli(at.toEpochMilli());
    }

    boolean isSameAs(Kind otherKind, String otherScope) {
        return kind == otherKind && scope.equals(otherScope);
    }

    /** What kinds there are, each above the next. */
    public enum Kind {
        /** Its doors are released. */
        FIRE,
        /** A guard released one door by hand. */
        OVERRIDE,
        /** Its doors are locked down, released or left alone, each as configured; who wants out gets out. */
        VIOLENCE
    }
}
