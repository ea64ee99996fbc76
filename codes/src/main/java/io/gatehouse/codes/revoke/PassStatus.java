package io.gatehouse.codes.revoke;

/** What became of a pass, with the numbers of the IETF's Token Status List (§7.1). */
public enum PassStatus {
    VALID(0),
    /** Taken back for good; INVALID in the draft's words. */
    REVOKED(1),
    /** Not taken for now; only in lists of 2 bits. */
    SUSPENDED(2);

    private final int number;

    PassStatus(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** The fourth number of 2 bits is the application's own in the draft, and here nobody's. */
    static PassStatus ofNumber(int number) {
        return switch (number) {
            case 0 -> VALID;
            case 1 -> REVOKED;
            case 2 -> SUSPENDED;
            default -> throw new IllegalArgumentException("no status has the number " + number);
        };
    }
}
