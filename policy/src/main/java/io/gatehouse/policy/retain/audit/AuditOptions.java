package io.gatehouse.policy.retain.audit;

import java.time.Instant;
import java.util.Objects;

/**
 * What an audit goes by. Immutable and thread-safe.
 *
 * @param asOf     the time that is asked about
 * @param needsTwo whether changes of rules and retention need two people
 */
public record AuditOptions(Instant asOf, boolean needsTwo) {
    public AuditOptions {
        Objects.requireNonNull(asOf, "asOf");
    }
}
