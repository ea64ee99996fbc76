package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.Purpose;
import java.util.Objects;
import java.util.Set;

/**
 * What must follow when a person says no, or a yes is over. That is in force already; this is about the data that are
 * there. Immutable and thread-safe.
 *
 * @param record         the withdrawal, refusal or end
 * @param action         what must be done
 * @param stillConsented other purposes that the person has consented to use the same data for
 */
public record FollowUp(ConsentRecord record, Action action, Set<Purpose> stillConsented) {
    public FollowUp {
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(action, "action");
        stillConsented = Set.copyOf(stillConsented);
        if ((action == Action.SHRED || action == Action.RESTRICT) && !stillConsented.isEmpty()) {
            throw new IllegalArgumentException("data must not be shredded or restricted while there is consent for "
                    + stillConsented.size() + " other purposes");
        }
    }

    /** What must be done with the data. */
    public enum Action {
        /** There was no consent in place, or there is one again, so nothing has to go. */
        NOTHING,
        /** Take the data out of use for this purpose (a gallery, a device); other purposes still have consent. */
        STOP_USE,
        /** Take the data out of all use, but keep them: a legal hold is on them. SHRED follows when it is lifted. */
        RESTRICT,
        /** Destroy the data: no purpose has consent any more. */
        SHRED
    }
}
