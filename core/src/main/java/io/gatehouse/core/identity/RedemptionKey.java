package io.gatehouse.core.identity;

import io.gatehouse.core.place.PortalId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Names a credential that counts only once, so that two gates cannot both take it. Immutable and thread-safe.
 *
 * @param value     unique among all credentials of the issuer, 1 to 128 characters; for a signed pass its {@code cti} in hex
 * @param expiresAt when the credential is dead anyway and the record of its use may be dropped
 * @param kind      what kind of credential it is, by which a gate that is off line decides whether to take it; may be empty
 * @param boundTo   the one portal that takes it, if there is only one
 */
public record RedemptionKey(String value, Instant expiresAt, String kind, Optional<PortalId> boundTo) {
    private static final int MAX_LENGTH = 128;

    public RedemptionKey {
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(boundTo, "boundTo");
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a redemption key has 1 to " + MAX_LENGTH + " characters, this one " + value.length());
        }
        if (kind.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a kind of credentials has at most " + MAX_LENGTH + " characters, this one " + kind.length());
        }
    }

    /** A credential of no particular kind, which any portal may take. */
    public RedemptionKey(String value, Instant expiresAt) {
        this(value, expiresAt, "", Optional.empty());
    }
}
