package io.gatehouse.codes.token;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a pass is for. The numbers are part of the format and are never used again for something else. */
public enum PassType {
    EMPLOYEE(0),
    VISITOR(1),
    /** A visitor who passes only together with their host or a guard. */
    ESCORTED_VISITOR(2),
    EVENT_TICKET(3),
    /** Sticks on a thing; opens no door to people. */
    GOODS_LABEL(4);

    /** The types that a person can show at a gate. */
    public static final Set<PassType> OF_PEOPLE =
            Set.copyOf(EnumSet.of(EMPLOYEE, VISITOR, ESCORTED_VISITOR, EVENT_TICKET));

    private final int number;

    PassType(int number) {
        this.number = number;
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
