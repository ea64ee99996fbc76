package io.gatehouse.biometrics.gallery;

/**
 * When a search must be in the ledger. Immutable and thread-safe.
 *
 * @param isBeforeAnswer whether an answer is given only when its record is durable; one that cannot be recorded is then
 *                       refused as {@code gallery.not-recorded}. Otherwise records are on their way when the answer is given:
 *                       what a crash loses of them are the last ones, and what the ledger refuses is logged and counted
 *                       ({@link Gallery#unrecorded})
 * @param mostUnderway   how many records may be on their way; then searches wait for the ledger
 */
public record RecordOptions(boolean isBeforeAnswer, int mostUnderway) {
    private static final int UNDERWAY = 1_000;

    /** Answers do not wait for the ledger, unless 1,000 records are on their way. */
    public static final RecordOptions QUEUED = new RecordOptions(false, UNDERWAY);

    /** No answer without a durable record. */
    public static final RecordOptions DURABLE = new RecordOptions(true, UNDERWAY);

    public RecordOptions {
        if (mostUnderway < 1) {
            throw new IllegalArgumentException("at least 1 record may be on its way, not " + mostUnderway);
        }
    }

    public RecordOptions withMostUnderway(int records) {
        return new RecordOptions(isBeforeAnswer, records);
    }
}
