package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.reason.Reason;
import java.util.Objects;

/**
 * Somebody should be enrolled anew (ATT-15). Immutable and thread-safe.
 *
 * @param person who
 * @param reason {@code template.old-pack}, {@code template.old} or {@code template.drift}
 */
public record ReenrolmentProposal(PersonId person, Reason reason) {
    public ReenrolmentProposal {
        Objects.requireNonNull(person, "person");
        Objects.requireNonNull(reason, "reason");
    }
}
