package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.Purpose;
import java.util.Objects;
import java.util.Set;

/**
 * What must follow when a person says no. The refusal is in force already; this is about the data that are there.
 * Immutable and thread-safe.
 *
 * @param record         the withdrawal or refusal
 * @param action         what must be done
 * @param stillConsented other purposes that the person has consented to use the same data for
 */
public record FollowUp(ConsentRecord record, Action action, Set<Purpose> stillConsented) {
    public FollowUp {
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(action, "action");
        stillConsented = Set.copyOf(stillConsented);
        if (action == Action.SHRED && !stillConsented.isEmpty()) {
            throw new IllegalArgumentException("data must not be shredded while there is consent for "
                    + stillConsented.size() + " other purposes");
        }
    }

    /** What must be done with the data. */
    public enum Action {
        /** There was no consent in place, so nothing was to be kept. */
        NOTHING,
        /** Take the data out of use for this purpose (a gallery, a device); other purposes still have consent. */
        STOP_USE,
        /** Destroy the data: no purpose has consent any more. */
        SHRED
    }
}
