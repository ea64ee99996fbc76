package io.gatehouse.policy.approve.chain;

import java.util.Objects;

/**
 * How many of those who are asked have to approve. Immutable and thread-safe.
 *
 * @param of    how they are counted
 * @param count how many, if some
 */
public record Need(Of of, int count) {
    /** How those who are asked are counted. */
    public enum Of {
        /** One decides for all: the first answer counts. */
        ANY,
        /** Everybody has to approve; one refusal refuses. */
        ALL,
        /** So many have to approve; refused as soon as so many cannot any more. */
        SOME
    }

    public Need {
        Objects.requireNonNull(of, "of");
        if (of == Of.SOME ? count < 1 || count > 1_000 : count != 0) {
            throw new IllegalArgumentException("1 to 1000 of many approve, and of any or all no number, not " + count);
        }
    }

    public static Need any() {
        return new Need(Of.ANY, 0);
    }

    public static Need all() {
        return new Need(Of.ALL, 0);
    }

    public static Need some(int count) {
        return new Need(Of.SOME, count);
    }
}
