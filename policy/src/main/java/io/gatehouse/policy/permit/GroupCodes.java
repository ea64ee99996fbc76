package io.gatehouse.policy.permit;

import io.gatehouse.core.identity.PersonKind;

/**
 * One number for all that a rule may be found by: anybody, a kind of people, a group, a person. Anybody is 0, then come the
 * kinds, then the groups by their {@link io.gatehouse.policy.permit.facts.Names} numbers; persons that rules name count down
 * from −2.
 */
@SuppressWarnings("EnumOrdinal") // Bits and indexes in memory, never written down.
final class GroupCodes {
    static final int ANYBODY_BIT = 1;
    static final int KIND_BIT = 2;
    static final int GROUP_BIT = 4;
    static final int PERSON_BIT = 8;

    static final int ANYBODY = 0;
    private static final int FIRST_GROUP = 16;

    private GroupCodes() {}

    static int ofKind(PersonKind kind) {
        return 1 + kind.ordinal();
    }

    static int ofGroup(int number) {
        return FIRST_GROUP + number;
    }

    static int ofPerson(int number) {
        return -2 - number;
    }

    /** Which of the four it is, as a bit. */
    static int kind(int code) {
        if (code < 0) {
            return PERSON_BIT;
        }
        return code == ANYBODY ? ANYBODY_BIT : code < FIRST_GROUP ? KIND_BIT : GROUP_BIT;
    }
}
