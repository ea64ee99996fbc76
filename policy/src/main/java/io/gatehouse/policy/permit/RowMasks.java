package io.gatehouse.policy.permit;

import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.policy.permit.facts.Subject;
import io.gatehouse.policy.permit.rule.Who;
import java.util.Collection;

/** Small conditions of a rule in one number: 2 bits for directions, 8 for kinds of people, 4 for the level, 8 for methods. */
@SuppressWarnings("EnumOrdinal") // Bits and indexes in memory, never written down.
final class RowMasks {
    private static final int BOTH = 3;
    private static final int KINDS = 2;
    private static final int LEVEL = 10;
    private static final int METHODS = 14;

    private RowMasks() {}

    static int of(int directions, Who who, Collection<Method> methods) {
        int kinds = who.kinds().isEmpty() ? 0xFF : 0;
        for (PersonKind kind : who.kinds()) {
            kinds |= 1 << kind.ordinal();
        }
        return (directions & BOTH) | kinds << KINDS | who.level() << LEVEL | methods(methods) << METHODS;
    }

    static int methods(Collection<Method> methods) {
        int mask = 0;
        for (Method method : methods) {
            mask |= 1 << method.ordinal();
        }
        return mask;
    }

    /** Whether a rule with these masks is about this person passing in one of these directions. */
    static boolean include(int masks, int directions, Subject subject) {
        return (masks & directions) != 0
                && (masks >> KINDS & subject.kindBit()) != 0
                && (masks >> LEVEL & Person.MAX_LEVEL) <= subject.level();
    }

    /** Whether one of the methods that a rule takes was used. */
    static boolean takes(int masks, int used) {
        int methods = masks >> METHODS & 0xFF;
        return methods == 0 || (methods & used) != 0;
    }
}
