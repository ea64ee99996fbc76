package io.gatehouse.core.identity;

import java.time.Instant;
import java.util.Objects;

/**
 * Names a credential that counts only once, so that two gates cannot both take it. Immutable and thread-safe.
 *
 * @param value     unique among all credentials of the issuer, 1 to 128 characters; for a signed pass its {@code cti} in hex
 * @param expiresAt when the credential is dead anyway and the record of its use may be dropped
 */
public record RedemptionKey(String value, Instant expiresAt) {
    private static final int MAX_LENGTH = 128;

    public RedemptionKey {
        Objects.requireNonNull(expiresAt, "expiresAt");
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a redemption key has 1 to " + MAX_LENGTH + " characters, this one " + value.length());
        }
    }
}
