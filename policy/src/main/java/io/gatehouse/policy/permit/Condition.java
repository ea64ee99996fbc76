package io.gatehouse.policy.permit;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a decision can fail on. A verdict is an {@code int} with the {@link #bit} of each condition that failed at the rules that
 * came nearest; no bit at all means that the passage is granted.
 */
@SuppressWarnings("EnumOrdinal") // Bits and indexes in memory, never written down.
public enum Condition {
    /** The rule is about somebody else. */
    WHO(""),
    /** The rule is about another place or resource. */
    PLACE(""),
    /** The rule is about the other direction. */
    DIRECTION(""),
    METHOD("permit.wrong-method"),
    STRENGTH("permit.too-uncertain"),
    KINDS("permit.second-kind"),
    LIVENESS("permit.no-liveness"),
    ESCORT("permit.no-escort"),
    EQUIPMENT("permit.no-equipment"),
    TEMPERATURE("permit.temperature"),
    CONSENT("permit.no-consent"),
    APPROVAL("permit.no-approval"),
    INDUCTION("permit.no-induction"),
    VISIT("permit.no-visit"),
    OCCUPANCY("permit.zone-full"),
    PASSBACK("permit.passback"),
    COUNT("permit.too-often"),
    HOURS("permit.outside-hours"),
    /** A rule forbids it; the other bits say what it is forbidden without. */
    FORBIDDEN("permit.forbidden"),
    /** No rule permits this to this person here, whatever the hour. */
    NO_RULE("permit.no-rule"),
    /** The portal is none of the site. */
    UNKNOWN_PORTAL("permit.unknown-portal");

    private final String code;

    Condition(String code) {
        this.code = code;
    }

    /** Its bit in a verdict. */
    public int bit() {
        return 1 << ordinal();
    }

    /** The code of the reason that says so; empty for conditions that a refusal does not name. */
    public String code() {
        return code;
    }

    /** The conditions of a verdict. */
    public static Set<Condition> of(int verdict) {
        Set<Condition> failed = EnumSet.noneOf(Condition.class);
        for (Condition condition : values()) {
            if ((verdict & condition.bit()) != 0) {
                failed.add(condition);
            }
        }
        return failed;
    }

    static int bits(Set<Condition> conditions) {
        int bits = 0;
        for (Condition condition : conditions) {
            bits |= condition.bit();
        }
        return bits;
    }
}
