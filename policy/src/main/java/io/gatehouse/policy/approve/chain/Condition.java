package io.gatehouse.policy.approve.chain;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * When a step is needed: what a field says, of the request's form or of what a step before it recorded. A field that is not
 * there meets no condition. Immutable and thread-safe.
 *
 * @param step   the step that recorded it; empty for the request's form
 * @param field  the field's name; of a field within another, with a dot between them
 * @param test   how it is compared
 * @param values what it is compared with, as text or number; one, or for {@link Test#ONE_OF} at least one
 */
public record Condition(Optional<String> step, String field, Test test, List<String> values) {
    /** How a field is compared; numbers as numbers where an order counts. */
    public enum Test {
        IS,
        IS_NOT,
        ONE_OF,
        ABOVE,
        AT_LEAST,
        BELOW,
        AT_MOST;

        /** Whether it compares numbers. */
        public boolean isOrder() {
            return compareTo(ONE_OF) > 0;
        }
    }

    public Condition {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(test, "test");
        values = List.copyOf(values);
        if (field.isBlank()) {
            throw new IllegalArgumentException("a condition names a field");
        }
        if (values.isEmpty() || (test != Test.ONE_OF && values.size() != 1)) {
            throw new IllegalArgumentException(
                    "condition on " + field + " compares with one value, and with one of several only by one-of");
        }
        if (test.isOrder()) {
            requireNumber(field, values.get(0));
        }
    }

    private static void requireNumber(String field, String value) {
        try {
            new java.math.BigDecimal(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "condition on " + field + " compares with a number, not with '" + value + "'", e);
        }
    }
}
