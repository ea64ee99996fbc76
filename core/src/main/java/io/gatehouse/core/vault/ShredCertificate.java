package io.gatehouse.core.vault;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import java.time.Instant;
import java.util.Objects;

/**
 * Says that a key was destroyed. Immutable and thread-safe.
 *
 * @param person         whose
 * @param dataClass      of what
 * @param keyFingerprint hex of the first 16 bytes of SHA-256 over the wrapped key that was destroyed; empty text if there was no key
 * @param at             when
 */
public record ShredCertificate(PersonId person, DataClass dataClass, String keyFingerprint, Instant at) {
    public ShredCertificate {
        Objects.requireNonNull(person, "person");
        Objects.requireNonNull(dataClass, "dataClass");
        Objects.requireNonNull(keyFingerprint, "keyFingerprint");
        Objects.requireNonNull(at, "at");
    }
}
