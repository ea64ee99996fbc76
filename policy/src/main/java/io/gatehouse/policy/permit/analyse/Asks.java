package io.gatehouse.policy.permit.analyse;

import io.gatehouse.core.identity.Method;
import io.gatehouse.policy.permit.rule.Requirements;
import io.gatehouse.policy.permit.rule.Rule;
import java.util.EnumSet;
import java.util.Set;

/** Compares what two rules ask for beside whom, where and when. */
enum Asks {
    /** Whoever meets the one meets the other. */
    IMPLIED,
    /** Somebody may meet the one and not the other. */
    NOT_IMPLIED,
    /** It depends on how sure which method was, or on who is where. */
    MAYBE;

    /**
     * Whether whoever meets what {@code strict} asks for meets what {@code lax} asks for. How many kinds of evidence they ask
     * for is left out: which were shown is an axis.
     */
    static Asks implies(Rule strict, Rule lax) {
        Requirements more = strict.requires();
        Requirements less = lax.requires();
        boolean implied = (!less.liveness() || more.liveness())
                && (!less.escort() || more.escort())
                && (!less.visit() || more.visit())
                && more.equipment().containsAll(less.equipment())
                && more.consents().containsAll(less.consents())
                && more.approvals().containsAll(less.approvals())
                && more.inductions().containsAll(less.inductions())
                && isAsCool(more, less);
        if (!implied) {
            return NOT_IMPLIED;
        }
        return implied(strict, lax);
    }

    private static Asks implied(Rule strict, Rule lax) {
        double more = strict.requires().maxFalseMatchRate();
        double less = lax.requires().maxFalseMatchRate();
        if (less < more) {
            return NOT_IMPLIED;
        }
        boolean sure = less == 1 || methods(lax).containsAll(methods(strict));
        return sure && strict.limits().containsAll(lax.limits()) ? IMPLIED : MAYBE;
    }

    private static boolean isAsCool(Requirements more, Requirements less) {
        return less.temperatureBelow().isEmpty()
                || (more.temperatureBelow().isPresent()
                        && more.temperatureBelow().getAsDouble()
                                <= less.temperatureBelow().getAsDouble());
    }

    private static Set<Method> methods(Rule rule) {
        return rule.methods().isEmpty() ? EnumSet.allOf(Method.class) : rule.methods();
    }
}
