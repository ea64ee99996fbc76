package io.gatehouse.biometrics.evaluate.recalibrate;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.reason.Reason;
import java.util.Optional;

/**
 * How many people it takes to put a threshold in force. People are told apart by their ids, which the caller vouches for:
 * it does not help where one person may act under two. Thread-safe.
 */
public enum ThresholdApproval {
    /** Who proposed a threshold may decide it too: a house with one engineer. */
    ONE_PERSON,
    /** Who proposed a threshold may not decide it (segregation of duties, ISO/IEC 27002:2022, 5.3). */
    FOUR_EYES;

    /** Why this person may not decide what that one proposed; empty if they may. */
    public Optional<Reason> refusal(PersonId proposedBy, PersonId decidedBy) {
        return this == FOUR_EYES && proposedBy.equals(decidedBy)
                ? Optional.of(Reason.of(
                        "evaluate.four-eyes",
                        "Whoever proposed a threshold may not put it in force: let somebody else decide it."))
                : Optional.empty();
    }
}
