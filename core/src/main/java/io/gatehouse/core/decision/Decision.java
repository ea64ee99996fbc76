package io.gatehouse.core.decision;

import io.gatehouse.core.reason.Reason;
import java.util.List;
import java.util.function.Function;

/**
 * The answer to an {@link AccessRequest}. There is no third state: whatever is not granted is denied, and an error is a
 * denial with a reason. Sealed, immutable, thread-safe.
 */
public sealed interface Decision {

    /** Applies the function of the case that this is. */
    <T> T fold(Function<? super Granted, ? extends T> granted, Function<? super Denied, ? extends T> denied);

    default boolean isGranted() {
        return this instanceof Granted;
    }

    /**
     * They may pass.
     *
     * @param rules       the ids of the rules that say so, at least one
     * @param obligations what must happen with it
     */
    record Granted(List<String> rules, List<Obligation> obligations) implements Decision {
        public Granted {
            rules = List.copyOf(rules);
            obligations = List.copyOf(obligations);
            if (rules.isEmpty()) {
                throw new IllegalArgumentException(
                        "a granted decision names the rule that grants it; nothing said is a refusal");
            }
        }

        public static Granted by(String rule) {
            return new Granted(List.of(rule), List.of());
        }

        @Override
        public <T> T fold(
                Function<? super Granted, ? extends T> granted, Function<? super Denied, ? extends T> denied) {
            return granted.apply(this);
        }
    }

    /**
     * They may not pass.
     *
     * @param reasons why, the most important first, at least one
     */
    record Denied(List<Reason> reasons) implements Decision {
        public Denied {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("a denied decision says why");
            }
        }

        public static Denied because(Reason reason) {
            return new Denied(List.of(reason));
        }

        @Override
        public <T> T fold(
                Function<? super Granted, ? extends T> granted, Function<? super Denied, ? extends T> denied) {
            return denied.apply(this);
        }
    }
}
