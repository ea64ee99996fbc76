package io.gatehouse.core.gate;

/** What a portal does when a granted decision cannot be made durable. Emergency release never waits for the ledger. */
public enum LedgerFailure {
    /** Refuse: nobody passes unrecorded. For protected areas. */
    REFUSE,
    /** Open all the same and say in the passage that it is not recorded. For portals where people must not be held up. */
    OPEN_UNRECORDED
}
