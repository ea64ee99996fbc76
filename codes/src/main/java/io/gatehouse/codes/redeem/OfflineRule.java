package io.gatehouse.codes.redeem;

/** What a gate without a line to the others does with passes that count once. */
public enum OfflineRule {
    /** Takes only those that are bound to it: no other gate takes them, so nothing is promised that cannot be kept. */
    BOUND_GATE_ONLY,
    /** Takes them, and a pass that was used at two gates is found and recorded when both have reported. */
    ACCEPT_AND_REPORT
}
