package io.gatehouse.core.outbox;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a receiver answers: up to where everything is durably on record. Immutable and thread-safe.
 *
 * @param next       the number that the receiver takes next; everything before it need not be sent again
 * @param serverTime what the receiver's clock said when the batch came
 * @param refused    which of the batch's events the ledger will never take; ascending, each once
 */
public record OutboxReceipt(long next, Instant serverTime, List<Refusal> refused) {
    public OutboxReceipt {
        Objects.requireNonNull(serverTime, "serverTime");
        if (refused.size() > OutboxBatch.MAX_EVENTS) {
            throw new IllegalArgumentException(
                    "a receipt refuses at most " + OutboxBatch.MAX_EVENTS + " events, this one " + refused.size());
        }
        refused = List.copyOf(refused);
        Set<Long> numbers = new HashSet<>();
        for (Refusal each : refused) {
            if (each.number() >= next || !numbers.add(each.number())) {
                throw new IllegalArgumentException("a receipt for what is before " + next + " refuses event "
                        + each.number() + ", which is not before it or is there twice");
            }
        }
    }

    /**
     * One event that the ledger will never take. Immutable and thread-safe.
     *
     * @param number its number
     * @param reason why, at most 500 characters; never personal data
     */
    public record Refusal(long number, String reason) {
        static final int MAX_REASON = 500;

        public Refusal {
            if (number < 0 || reason.length() > MAX_REASON) {
                throw new IllegalArgumentException("a refusal has a number of at least 0 and a reason of at most "
                        + MAX_REASON + " characters, not " + number + " and " + reason.length());
            }
        }
    }
}
