package io.gatehouse.codes.token;

import io.gatehouse.codes.keys.KeyUse;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a pass is for. The numbers are part of the format and are never used again for something else. */
public enum PassType {
    EMPLOYEE(0, KeyUse.EMPLOYEE_PASSES),
    VISITOR(1, KeyUse.VISITOR_PASSES),
    /** A visitor who passes only together with their host or a guard. */
    ESCORTED_VISITOR(2, KeyUse.ESCORTED_VISITOR_PASSES),
    EVENT_TICKET(3, KeyUse.EVENT_TICKETS),
    /** Sticks on a thing; opens no door to people. */
    GOODS_LABEL(4, KeyUse.GOODS_LABELS);

    /** The types that a person can show at a gate. */
    public static final Set<PassType> OF_PEOPLE =
            Set.copyOf(EnumSet.of(EMPLOYEE, VISITOR, ESCORTED_VISITOR, EVENT_TICKET));

    private final int number;
    private final KeyUse keyUse;

    PassType(int number, KeyUse keyUse) {
        this.number = number;
        this.keyUse = keyUse;
    }

    /** What a key must be for to sign passes of this type. */
    public KeyUse keyUse() {
        return keyUse;
    }

    /** As a kind of credentials that count once: {@code event-ticket}. */
    public String kind() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    int number() {
        return number;
    }

    static Optional<PassType> ofNumber(long number) {
        return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
    }
}
