package io.gatehouse.codes.keys;

import java.util.Set;

/** What an issuer's key may sign. A key that is stolen from where visitors are registered then makes no staff passes. */
public enum KeyUse {
    EMPLOYEE_PASSES,
    VISITOR_PASSES,
    ESCORTED_VISITOR_PASSES,
    EVENT_TICKETS,
    GOODS_LABELS,
    /** Lists that say which passes were taken back. */
    STATUS_LISTS,
    /** What a gate works by when it is alone. */
    BUNDLES;

    /** Every kind of pass, and nothing that gates are run by. */
    public static final Set<KeyUse> ALL_PASSES =
            Set.of(EMPLOYEE_PASSES, VISITOR_PASSES, ESCORTED_VISITOR_PASSES, EVENT_TICKETS, GOODS_LABELS);
}
