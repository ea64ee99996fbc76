package io.gatehouse.policy.consent;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a yes is bound to: until when, and who said it in the person's place. Immutable and thread-safe.
 *
 * @param expiresAt from this time on it is no basis any more; empty if it holds until it is withdrawn
 * @param guardian  who answered in the person's place
 */
public record ConsentTerms(Optional<Instant> expiresAt, Optional<Guardian> guardian) {
    private static final ConsentTerms NONE = new ConsentTerms(Optional.empty(), Optional.empty());

    public ConsentTerms {
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(guardian, "guardian");
    }

    /** Said by the person, and good until withdrawn. */
    public static ConsentTerms none() {
        return NONE;
    }

    /** The same, but no basis from this time on. */
    public ConsentTerms until(Instant time) {
        return new ConsentTerms(Optional.of(time), guardian);
    }

    /** The same, said by somebody in the person's place. */
    public ConsentTerms by(Guardian whoAnswered) {
        return new ConsentTerms(expiresAt, Optional.of(whoAnswered));
    }
}
